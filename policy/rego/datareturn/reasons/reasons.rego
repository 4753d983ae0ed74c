# METADATA
# title: Reasons of a denial 拒绝理由
# description: |
#   Says why a call was denied; it never allows anything. A grant of another organisation is explained no further:
#   whoever names it must not learn its state.
#   只解释为何拒绝，从不放行。他人的授权不作进一步解释：说出其编号的人不应得知其状态。
package datareturn.reasons

import data.datareturn.scope

codes contains code if {
	some check in scope.missing
	code := explanation[check]
	scope.own_grant
}

# Without a grant of one's own, only what concerns the caller is told. 没有自己的授权时，只告知与调用者自身有关的理由。
codes contains explanation[check] if {
	not scope.own_grant
	some check in (scope.missing & {"proof", "role"})
}

codes contains "GRANT_UNKNOWN" if not scope.named_grant

codes contains "GRANT_OF_ANOTHER_ORGANISATION" if {
	scope.named_grant
	not scope.own_grant
}

codes contains "POLICY_INPUT_INCOMPLETE" if not known_kind

# A rule of its own: under `not`, an undefined reference inside another would make the whole rule undefined.
# 单列一条规则：若直接写在 not 之内，内层未定义的引用会使整条规则未定义。
known_kind if scope.required[input.ask.kind]

explanation := {
	"proof": "CALLER_NOT_PROVEN",
	"role": "ROLE_MISSING",
	"grantee": "GRANT_OF_ANOTHER_ORGANISATION",
	"status": status_reason,
	"started": "GRANT_NOT_YET_VALID",
	"not_ended": "GRANT_EXPIRED",
	"purpose": "PURPOSE_NOT_GRANTED",
	"region": "REGION_NOT_GRANTED",
	"hours": "OUTSIDE_WORKING_HOURS",
	"product": "PRODUCT_NOT_GRANTED",
	"fields": "FIELD_NOT_GRANTED",
	"zone": "ZONE_NOT_GRANTED",
}

default status_reason := "POLICY_INPUT_INCOMPLETE"

status_reason := "GRANT_SUSPENDED" if input.grant.status == "SUSPENDED"

status_reason := "GRANT_REVOKED" if input.grant.status == "REVOKED"
