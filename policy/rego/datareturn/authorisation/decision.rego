# METADATA
# title: The decision 决定
# description: |
#   Denied unless every check of the call's kind holds. The revision is the digest of these sources, so a recorded
#   decision names the exact policy that made it.
#   除非该类调用的每项检查都成立，否则拒绝。revision 为本策略源文件的摘要，记录在案的决定由此指明所依据的策略版本。
package datareturn.authorisation

import data.datareturn.obligations
import data.datareturn.reasons
import data.datareturn.scope

default allow := false

allow if {
	scope.own_grant
	count(scope.missing) == 0
	count(reasons.codes) == 0
}

# METADATA
# entrypoint: true
decision := {
	"allow": true,
	"obligations": obligations.demanded,
	"reasons": [],
	"revision": data.datareturn.build.revision,
} if {
	allow
}

decision := {
	"allow": false,
	"reasons": sort(reasons.codes),
	"revision": data.datareturn.build.revision,
} if {
	not allow
}
