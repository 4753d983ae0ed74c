package datareturn.authorisation_test

import data.datareturn.authorisation

revision := "sha256:test"

rules := {
	"reasoned_answers": {"identity-check": ["marriage-registration"]},
	"min_group_size": {"income-census": {"OTHER": 20}},
	"working_hours": {"subsidy-review": {"from_hour": 8, "to_hour": 18}},
}

caller := {
	"organisation": "11370000MB2856789X",
	"operator": "li.wei",
	"roles": ["ANALYST", "OPERATOR"],
	"region": "370100",
	"proof": "MTLS",
}

grant := {
	"id": "g-1",
	"status": "ACTIVE",
	"organisation": "11370000MB2856789X",
	"scenario": "marriage-registration",
	"purpose": "ADMINISTRATIVE_BASIS",
	"not_before": 1000,
	"not_after": 2000,
	"products": ["identity-check"],
	"zones": ["income-census"],
	"fields": ["name", "id_number", "person.age"],
	"regions": ["370100"],
}

verify_ask := {
	"kind": "verify",
	"product": "identity-check",
	"fields": ["id_number", "name"],
	"purpose": "ADMINISTRATIVE_BASIS",
	"region": "370102",
}

query_ask := {
	"kind": "query",
	"zone": "income-census",
	"purpose": "ADMINISTRATIVE_BASIS",
	"region": "370100",
}

time := {"epoch_seconds": 1500, "local_date": "2026-11-20", "hour": 10, "iso_weekday": 5, "working_day": true}

verify := {"caller": caller, "grant": grant, "ask": verify_ask, "time": time}

query_input := json.patch(verify, [{"op": "replace", "path": "/ask", "value": query_ask}])

decide(facts) := decision if {
	decision := authorisation.decision with input as facts
		with data.datareturn.rules as rules
		with data.datareturn.build.revision as revision
}

changed(facts, path, value) := decide(json.patch(facts, [{"op": "add", "path": path, "value": value}]))

without(facts, path) := decide(json.patch(facts, [{"op": "remove", "path": path}]))

denied(reasons) := {"allow": false, "reasons": reasons, "revision": revision}

# Allowed 放行

test_verification_is_allowed_with_least_obligations if {
	changed(verify, "/grant/scenario", "household-transfer") == {
		"allow": true,
		"obligations": {"answer_form": "YES_NO", "columns": [], "watermark": false},
		"reasons": [],
		"revision": revision,
	}
}

test_listed_product_and_scenario_may_be_told_why if {
	decide(verify).obligations.answer_form == "REASONED"
}

test_query_is_allowed_with_columns_and_watermark if {
	decide(query_input) == {
		"allow": true,
		"obligations": {
			"answer_form": "YES_NO",
			"columns": ["id_number", "name", "person.age"],
			"watermark": true,
		},
		"reasons": [],
		"revision": revision,
	}
}

test_listed_zone_and_purpose_raise_the_group_size if {
	facts := json.patch(query_input, [
		{"op": "replace", "path": "/grant/purpose", "value": "OTHER"},
		{"op": "replace", "path": "/ask/purpose", "value": "OTHER"},
	])
	decide(facts).obligations.min_group_size == 20
}

test_verification_asks_for_no_group_size if {
	facts := json.patch(verify, [
		{"op": "replace", "path": "/grant/purpose", "value": "OTHER"},
		{"op": "replace", "path": "/ask/purpose", "value": "OTHER"},
	])
	not decide(facts).obligations.min_group_size
}

test_every_proof_is_accepted if {
	every proof in ["MTLS", "BEARER", "LOCAL_AUTHOR"] {
		changed(verify, "/caller/proof", proof).allow
	}
}

# Nothing known 一无所知

test_empty_input_is_denied if {
	decide({}) == denied(["GRANT_UNKNOWN", "POLICY_INPUT_INCOMPLETE"])
}

test_undefined_input_is_denied if {
	decision := authorisation.decision with data.datareturn.build.revision as revision
		with data.datareturn.rules as rules
	not decision.allow
}

test_without_rules_nothing_is_allowed if {
	decision := authorisation.decision with input as verify
		with data.datareturn.rules as {}
		with data.datareturn.build.revision as revision
	decision == denied(["OUTSIDE_WORKING_HOURS"])
}

test_without_rules_for_obligations_there_is_no_decision if {
	not defined_without_obligations
}

defined_without_obligations if {
	authorisation.decision with input as verify
		with data.datareturn.rules as {"working_hours": {}}
		with data.datareturn.build.revision as revision
}

test_without_revision_there_is_no_decision if {
	not defined_without_revision
}

defined_without_revision if {
	authorisation.decision with input as verify
		with data.datareturn.rules as rules
		with data.datareturn.build as {}
}

test_unknown_kind_of_call_is_denied if {
	changed(verify, "/ask/kind", "export") == denied(["POLICY_INPUT_INCOMPLETE"])
}

# Whose grant 谁的授权

test_missing_grant_is_denied if {
	without(verify, "/grant") == denied(["GRANT_UNKNOWN"])
	changed(verify, "/grant", null) == denied(["GRANT_UNKNOWN"])
	changed(verify, "/grant/id", "") == denied(["GRANT_UNKNOWN"])
	changed(verify, "/grant/id", 7) == denied(["GRANT_UNKNOWN"])
}

test_grant_of_another_organisation_is_denied_and_its_state_not_told if {
	facts := json.patch(verify, [
		{"op": "replace", "path": "/grant/organisation", "value": "11370000000000000Y"},
		{"op": "replace", "path": "/grant/status", "value": "REVOKED"},
	])
	decide(facts) == denied(["GRANT_OF_ANOTHER_ORGANISATION"])
}

test_caller_without_organisation_is_denied if {
	without(verify, "/caller/organisation") == denied(["GRANT_OF_ANOTHER_ORGANISATION"])

	both_empty := json.patch(verify, [
		{"op": "replace", "path": "/grant/organisation", "value": ""},
		{"op": "replace", "path": "/caller/organisation", "value": ""},
	])
	decide(both_empty) == denied(["GRANT_OF_ANOTHER_ORGANISATION"])

	both_null := json.patch(verify, [
		{"op": "replace", "path": "/grant/organisation", "value": null},
		{"op": "replace", "path": "/caller/organisation", "value": null},
	])
	decide(both_null) == denied(["GRANT_OF_ANOTHER_ORGANISATION"])
}

test_caller_without_grant_still_hears_about_its_role if {
	facts := json.patch(verify, [
		{"op": "remove", "path": "/grant"},
		{"op": "replace", "path": "/caller/roles", "value": ["APPLICANT"]},
	])
	decide(facts) == denied(["GRANT_UNKNOWN", "ROLE_MISSING"])
}

# State and time 状态与时间

test_suspended_revoked_and_unknown_states_are_denied if {
	changed(verify, "/grant/status", "SUSPENDED") == denied(["GRANT_SUSPENDED"])
	changed(verify, "/grant/status", "REVOKED") == denied(["GRANT_REVOKED"])
	changed(verify, "/grant/status", "PENDING") == denied(["POLICY_INPUT_INCOMPLETE"])
	without(verify, "/grant/status") == denied(["POLICY_INPUT_INCOMPLETE"])
}

test_validity_begins_with_its_first_second if {
	changed(verify, "/time/epoch_seconds", 999) == denied(["GRANT_NOT_YET_VALID"])
	changed(verify, "/time/epoch_seconds", 1000).allow
}

test_validity_ends_before_its_last_second if {
	changed(verify, "/time/epoch_seconds", 1999).allow
	changed(verify, "/time/epoch_seconds", 2000) == denied(["GRANT_EXPIRED"])
}

test_missing_or_textual_times_are_denied if {
	without(verify, "/time") == denied(["GRANT_EXPIRED", "GRANT_NOT_YET_VALID"])
	changed(verify, "/time/epoch_seconds", "1500") == denied(["GRANT_EXPIRED", "GRANT_NOT_YET_VALID"])
	without(verify, "/grant/not_before") == denied(["GRANT_NOT_YET_VALID"])
	without(verify, "/grant/not_after") == denied(["GRANT_EXPIRED"])
	changed(verify, "/grant/not_after", "3000") == denied(["GRANT_EXPIRED"])
}

reviewing := json.patch(verify, [{"op": "replace", "path": "/grant/scenario", "value": "subsidy-review"}])

test_scenario_with_hours_may_call_within_them if {
	changed(reviewing, "/time/hour", 8).allow
	changed(reviewing, "/time/hour", 17).allow
}

test_scenario_with_hours_may_not_call_outside_them if {
	changed(reviewing, "/time/hour", 7) == denied(["OUTSIDE_WORKING_HOURS"])
	changed(reviewing, "/time/hour", 18) == denied(["OUTSIDE_WORKING_HOURS"])
	changed(reviewing, "/time/working_day", false) == denied(["OUTSIDE_WORKING_HOURS"])
	without(reviewing, "/time/hour") == denied(["OUTSIDE_WORKING_HOURS"])
	without(reviewing, "/time/working_day") == denied(["OUTSIDE_WORKING_HOURS"])
}

test_scenario_without_hours_may_call_at_night if {
	facts := json.patch(verify, [
		{"op": "replace", "path": "/time/hour", "value": 3},
		{"op": "replace", "path": "/time/working_day", "value": false},
	])
	decide(facts).allow
}

test_grant_without_scenario_is_denied if {
	without(verify, "/grant/scenario") == denied(["OUTSIDE_WORKING_HOURS"])
}

# Who and what for 角色、身份与用途

test_verification_needs_an_operator if {
	changed(verify, "/caller/roles", ["ANALYST"]) == denied(["ROLE_MISSING"])
	without(verify, "/caller/roles") == denied(["ROLE_MISSING"])
	changed(verify, "/caller/roles", "OPERATOR") == denied(["ROLE_MISSING"])
}

test_query_needs_an_analyst if {
	changed(query_input, "/caller/roles", ["OPERATOR"]) == denied(["ROLE_MISSING"])
}

test_unproven_caller_is_denied if {
	changed(verify, "/caller/proof", "HEARSAY") == denied(["CALLER_NOT_PROVEN"])
	without(verify, "/caller/proof") == denied(["CALLER_NOT_PROVEN"])
}

test_other_purpose_is_denied if {
	changed(verify, "/ask/purpose", "OTHER") == denied(["PURPOSE_NOT_GRANTED"])
	without(verify, "/ask/purpose") == denied(["PURPOSE_NOT_GRANTED"])
}

# What 内容

test_product_outside_the_grant_is_denied if {
	changed(verify, "/ask/product", "marriage-status") == denied(["PRODUCT_NOT_GRANTED"])
	without(verify, "/ask/product") == denied(["PRODUCT_NOT_GRANTED"])
	changed(verify, "/grant/products", []) == denied(["PRODUCT_NOT_GRANTED"])
}

test_field_outside_the_grant_is_denied if {
	changed(verify, "/ask/fields", ["id_number", "phone"]) == denied(["FIELD_NOT_GRANTED"])
	without(verify, "/ask/fields") == denied(["FIELD_NOT_GRANTED"])
	without(verify, "/grant/fields") == denied(["FIELD_NOT_GRANTED"])
	changed(verify, "/ask/fields", "name") == denied(["FIELD_NOT_GRANTED"])
}

test_zone_outside_the_grant_is_denied if {
	changed(query_input, "/ask/zone", "social-insurance") == denied(["ZONE_NOT_GRANTED"])
	without(query_input, "/ask/zone") == denied(["ZONE_NOT_GRANTED"])
}

test_each_failed_check_gives_its_own_reason if {
	facts := json.patch(verify, [
		{"op": "replace", "path": "/grant/status", "value": "SUSPENDED"},
		{"op": "replace", "path": "/time/epoch_seconds", "value": 2500},
		{"op": "replace", "path": "/ask/product", "value": "marriage-status"},
		{"op": "replace", "path": "/ask/fields", "value": ["phone"]},
		{"op": "replace", "path": "/ask/purpose", "value": "OTHER"},
		{"op": "replace", "path": "/ask/region", "value": "440100"},
		{"op": "replace", "path": "/caller/roles", "value": []},
		{"op": "replace", "path": "/caller/proof", "value": "HEARSAY"},
	])
	decide(facts) == denied([
		"CALLER_NOT_PROVEN", "FIELD_NOT_GRANTED", "GRANT_EXPIRED", "GRANT_SUSPENDED",
		"PRODUCT_NOT_GRANTED", "PURPOSE_NOT_GRANTED", "REGION_NOT_GRANTED", "ROLE_MISSING",
	])
}

# Where 区划

regional(granted, asked) := decide(json.patch(verify, [
	{"op": "replace", "path": "/grant/regions", "value": granted},
	{"op": "replace", "path": "/ask/region", "value": asked},
]))

test_a_division_covers_itself_and_what_is_below if {
	every pair in [
		["370000", "370000"], ["370000", "370100"], ["370000", "370102"],
		["370100", "370100"], ["370100", "370102"], ["370102", "370102"],
		["429000", "429004"],
	] {
		regional([pair[0]], pair[1]).allow
	}
}

test_a_division_covers_nothing_beside_or_above if {
	every pair in [
		["370100", "370000"], ["370102", "370100"], ["370102", "370103"],
		["370100", "370202"], ["370000", "380000"], ["370000", "410000"],
	] {
		regional([pair[0]], pair[1]) == denied(["REGION_NOT_GRANTED"])
	}
}

test_what_is_no_division_covers_and_is_covered_by_nothing if {
	every pair in [
		["000000", "370100"], ["000000", "000000"], ["", ""], ["37", "370100"],
		["370000", "37"], ["370000", "37010A"], ["370000", "3701022"], ["370000", 370100],
		[370000, "370100"], ["37000A", "37000A"], ["370000", null], ["370000", ""],
	] {
		regional([pair[0]], pair[1]) == denied(["REGION_NOT_GRANTED"])
	}
}

test_one_of_several_regions_is_enough if {
	regional(["440000", "370100"], "370102").allow
	regional([], "370102") == denied(["REGION_NOT_GRANTED"])
}
