# METADATA
# title: Scope of a grant 授权范围
# description: |
#   One rule a check. A check is in `holds` only when the input proves it: what is missing, of another type or
#   undefined proves nothing, so it denies.
#   每项检查一条规则。只有输入能够证明时，检查名才进入 holds；缺失、类型不符或未定义的输入什么也证明不了，因而拒绝。
package datareturn.scope

# Checks every call must pass, and those of its kind. 每次调用必须通过的检查，以及各类调用另加的检查。
required["verify"] := general | {"product", "fields"}

required["query"] := general | {"zone"}

general := {"proof", "role", "grantee", "status", "started", "not_ended", "purpose", "region", "hours"}

# Checks this call needs and did not pass. 本次调用需要而未通过的检查。
missing := required[input.ask.kind] - holds

named_grant if {
	is_string(input.grant.id)
	input.grant.id != ""
}

own_grant if {
	named_grant
	"grantee" in holds
}

# Who calls 调用者

holds contains "proof" if input.caller.proof in {"MTLS", "BEARER", "LOCAL_AUTHOR"}

holds contains "role" if {
	input.ask.kind == "verify"
	"OPERATOR" in input.caller.roles
}

holds contains "role" if {
	input.ask.kind == "query"
	"ANALYST" in input.caller.roles
}

# A grant belongs to one organisation. 授权只属于一个单位。
holds contains "grantee" if {
	is_string(input.caller.organisation)
	input.caller.organisation != ""
	input.caller.organisation == input.grant.organisation
}

# When 时间: not_before <= now < not_after, seconds since 1970-01-01T00:00:00Z

holds contains "status" if input.grant.status == "ACTIVE"

holds contains "started" if {
	is_number(input.grant.not_before)
	is_number(input.time.epoch_seconds)
	input.time.epoch_seconds >= input.grant.not_before
}

holds contains "not_ended" if {
	is_number(input.grant.not_after)
	is_number(input.time.epoch_seconds)
	input.time.epoch_seconds < input.grant.not_after
}

# A scenario without a rule may call at any hour. 未列明的场景不限时段。
holds contains "hours" if {
	is_string(input.grant.scenario)
	not input.grant.scenario in object.keys(data.datareturn.rules.working_hours)
}

holds contains "hours" if {
	rule := data.datareturn.rules.working_hours[input.grant.scenario]
	input.time.working_day == true
	is_number(input.time.hour)
	input.time.hour >= rule.from_hour
	input.time.hour < rule.to_hour
}

# What 内容

holds contains "product" if {
	is_string(input.ask.product)
	input.ask.product in input.grant.products
}

holds contains "fields" if {
	is_array(input.ask.fields)
	every field in input.ask.fields {
		field in input.grant.fields
	}
}

holds contains "zone" if {
	is_string(input.ask.zone)
	input.ask.zone in input.grant.zones
}

# One application, one purpose: data asked for one use may not serve another (GB/T 35273, purpose limitation).
# 目的限制：为一种用途申请的数据不得用于另一种用途。
holds contains "purpose" if {
	is_string(input.ask.purpose)
	input.ask.purpose == input.grant.purpose
}

holds contains "region" if {
	some granted in input.grant.regions
	covers(granted, input.ask.region)
}

# Divisions 行政区划 (GB/T 2260): two digits province, two city, two county; 00 means "all of it".
# A code covers itself and everything below it. 区划代码覆盖其自身及全部下级区划。

covers(granted, asked) if {
	is_division(granted)
	is_division(asked)
	startswith(asked, significant(granted))
}

significant(code) := substring(code, 0, 2) if endswith(code, "0000")

significant(code) := substring(code, 0, 4) if {
	endswith(code, "00")
	not endswith(code, "0000")
}

significant(code) := code if not endswith(code, "00")

# The country as a whole has no code here: a grant names provinces. 全国没有代码：授权须逐省列明。
is_division(code) if {
	is_string(code)
	count(code) == 6
	code >= "110000"
	every position in [0, 1, 2, 3, 4, 5] {
		contains("0123456789", substring(code, position, 1))
	}
}
