# METADATA
# title: Obligations of an allowed call 放行时的义务
# description: |
#   What must be done with the answer. Obligations tighten the floor a zone or product declares; they never loosen it.
#   放行时对答复的要求。义务只能收紧专区或产品声明的底线，不能放宽。
package datareturn.obligations

# Without the rules nothing is demanded, so nothing is decided, so the call is denied. 规则缺失则无义务可言，因而拒绝。
demanded := object.union(always, group_size) if {
	is_object(data.datareturn.rules.reasoned_answers)
	is_object(data.datareturn.rules.min_group_size)
}

always := {
	"answer_form": answer_form,
	"columns": columns,
	"watermark": watermark,
}

# One "no" whatever its cause, unless product and scenario are listed. 未列明的产品与场景只答"是"或"否"。
default answer_form := "YES_NO"

answer_form := "REASONED" if {
	input.ask.kind == "verify"
	input.grant.scenario in data.datareturn.rules.reasoned_answers[input.ask.product]
}

default columns := []

columns := sort(input.grant.fields) if input.ask.kind == "query"

# Every table that leaves a zone carries its recipient's watermark (SD-3 §7). 离开专区的表一律带水印。
default watermark := false

watermark if input.ask.kind == "query"

default group_size := {}

group_size := {"min_group_size": size} if {
	input.ask.kind == "query"
	size := data.datareturn.rules.min_group_size[input.ask.zone][input.ask.purpose]
}
