# A policy that goes wrong in the way its caller's operator is named; for tests of what must then be denied.
package datareturn.authorisation

denial := {"allow": false, "reasons": ["GRANT_UNKNOWN"], "revision": data.datareturn.build.revision}

permit := {
	"allow": true,
	"obligations": {"answer_form": "YES_NO", "columns": [], "watermark": true},
	"reasons": [],
	"revision": data.datareturn.build.revision,
}

# METADATA
# entrypoint: true
decision := denial if not input.caller.operator

decision := denial if input.caller.operator == "deny"

decision := permit if input.caller.operator == "allow"

decision := json.remove(permit, ["/obligations"]) if input.caller.operator == "no-obligations"

decision := json.remove(permit, ["/obligations/columns"]) if input.caller.operator == "no-columns"

decision := json.remove(permit, ["/obligations/watermark"]) if input.caller.operator == "no-watermark"

decision := json.remove(permit, ["/obligations/answer_form"]) if input.caller.operator == "no-answer-form"

decision := json.remove(permit, ["/revision"]) if input.caller.operator == "no-revision"

decision := json.remove(permit, ["/reasons"]) if input.caller.operator == "no-reasons"

decision := json.remove(permit, ["/allow"]) if input.caller.operator == "no-allow"

decision := object.union(permit, {"allow": "true"}) if input.caller.operator == "textual-allow"

decision := object.union(permit, {"reasons": ["GRANT_EXPIRED"]}) if input.caller.operator == "allow-with-reasons"

decision := object.union(denial, {"reasons": []}) if input.caller.operator == "deny-without-reasons"

decision := object.union(denial, {"reasons": [7]}) if input.caller.operator == "numeric-reason"

decision := object.union(denial, {"reasons": ["GRANT_EXPIRED", "BECAUSE"]}) if {
	input.caller.operator == "unknown-reason"
}

decision := object.union(denial, {"obligations": permit.obligations}) if {
	input.caller.operator == "deny-with-obligations"
}

decision := obliged({"delete_after_days": 30}) if input.caller.operator == "unknown-obligation"

decision := obliged({"answer_form": "EVERYTHING"}) if input.caller.operator == "unknown-answer-form"

decision := obliged({"watermark": false}) if input.caller.operator == "unmarked"

decision := obliged({"columns": ["person.secret"]}) if input.caller.operator == "wider-than-grant"

decision := obliged({"columns": [null]}) if input.caller.operator == "null-column"

decision := obliged({"min_group_size": 0}) if input.caller.operator == "group-of-none"

decision := obliged({"min_group_size": 2.5}) if input.caller.operator == "group-of-a-fraction"

decision := obliged({"min_group_size": "9"}) if input.caller.operator == "textual-group-size"

decision := "allow" if input.caller.operator == "not-an-object"

decision := null if input.caller.operator == "null"

decision := object.union(permit, {"revision": "sha256:other"}) if input.caller.operator == "other-revision"

# What only one engine can do: the compiled policy breaks when it gets here.
decision := object.union(permit, {"revision": sprintf("%d", [time.now_ns()])}) if {
	input.caller.operator == "foreign-built-in"
}

# Holds an instance for a while: counts the pairs of a square.
decision := denial if {
	input.caller.operator == "slow"
	side := numbers.range(1, 700)
	count([1 | some a in side; some b in side; a == b]) == 700
}

obliged(obligations) := object.union(permit, {"obligations": obligations})
