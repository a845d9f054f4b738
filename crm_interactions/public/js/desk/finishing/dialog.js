import { finishing_args, first_way, ways_for } from "../../logic/finishing";
import { form_link, day_and_time, escaped } from "../chains/html";
import { RESULT_SECTION, result_fields } from "../chains/result_fields";
import { ask } from "../platform/server";
import { make_dialog } from "../platform/dialog";
import { enabled_query } from "../activity/types";
import { plan_fields, plan_values, settle_plan } from "./plan_fields";
import { reopening, report_many, report_one } from "./report";
import { draw_ways } from "./ways";

const OF_PLAN = ["plan_section", "next_type", "next_title", "next_in", "next_unit", "next_on"];

/**
 * Open a dialog that completes an activity: done, done with a next step, or done with the chain closed (B3).
 *
 * @param activity `activity_type` and `activity`
 * @param done callback with the server's answer
 */
export async function finish({ activity_type, activity, done }) {
	const known = await propose({ activity_type, activity });
	new FinishingDialog({ known, activity: { activity_type, activity }, done }).show();
}

/** Open a dialog that completes activities and lists refused ones; their types' rules fill blanks of the next step. */
export function finish_many({ activity_type, activities, done }) {
	new FinishingDialog({ known: {}, many: { activity_type, activities }, done }).show();
}

function propose(args) {
	return ask("crm_interactions.api.activity.proposal", args);
}

class FinishingDialog {
	constructor({ known, activity, many, done }) {
		Object.assign(this, { known, activity, many, done, asked: 0 });
		// chains of several activities may have results of their own
		this.closing = many ? [] : result_fields(known);
		this.dialog = make_dialog({
			title: this.title(),
			fields: this.fields(),
			primary_action_label: __("Done"),
			primary_action: (values) => this.send(values),
		});
		this.dialog.$wrapper.addClass("crm-finishing");
		for (const field of ["note", "reason"]) this.dialog.fields_dict[field].$input.css("height", 72);
	}

	title() {
		return this.many
			? __("Complete {0} activities", [this.many.activities.length])
			: __("Complete: {0}", [escaped(this.known.title)]);
	}

	fields() {
		return [
			{
				fieldname: "outcome",
				fieldtype: "Link",
				options: "Interaction Outcome",
				label: __("Outcome"),
				default: this.known.outcome,
				get_query: enabled_query,
				onchange: () => this.on_outcome(),
			},
			{ fieldname: "note", fieldtype: "Small Text", label: __("Note") },
			{ fieldname: "ways_section", fieldtype: "Section Break", hide_border: 1 },
			{ fieldname: "ways", fieldtype: "HTML" },
			{ fieldname: "remark", fieldtype: "HTML" },
			...plan_fields((fieldname) => !this.filling && settle_plan(this.dialog, fieldname, this.known)),
			...this.closing,
			{ fieldname: "close_section", fieldtype: "Section Break", hide_border: 1 },
			{
				fieldname: "reason",
				fieldtype: "Small Text",
				label: __("Reason for Closing"),
				description: __("Planned steps of the chain are cancelled."),
			},
		];
	}

	show() {
		const { dialog, known } = this;
		this.choose = draw_ways(
			dialog.fields_dict.ways.$wrapper,
			ways_for(known),
			this.many ? "nothing" : first_way(known),
			(way) => this.on_way(way)
		);
		dialog.show();
		this.fill(known);
	}

	on_way(way) {
		this.way = way;
		const label = ways_for(this.known).find(({ key }) => key === way).label;
		this.dialog.get_primary_btn().text(__(label));
		for (const field of OF_PLAN) this.dialog.set_df_property(field, "hidden", way === "plan" ? 0 : 1);
		for (const field of [RESULT_SECTION, "close_section", "reason"]) {
			// there is no section of the result for several activities
			if (!this.dialog.fields_dict[field]) continue;
			this.dialog.set_df_property(field, "hidden", way === "close" ? 0 : 1);
		}
	}

	/** Load the proposal for the chosen outcome; an answer for an earlier outcome is dropped. */
	async on_outcome() {
		const outcome = this.dialog.get_value("outcome");
		if (this.many || (outcome || null) === (this.known.outcome || null)) return;
		const asked = ++this.asked;
		const known = await propose({ ...this.activity, outcome });
		if (asked !== this.asked) return;
		this.known = { ...known, outcome };
		await this.fill(known);
	}

	async fill(known) {
		this.filling = true;
		const defaults = this.many ? {} : { next_in: 1, next_unit: "Weeks" };
		for (const field of ["next_type", "next_title", "next_in", "next_unit"]) {
			await this.dialog.set_value(field, known[field] || (known.ask ? null : defaults[field]) || null);
		}
		if (!this.dialog.get_value("next_unit")) await this.dialog.set_value("next_unit", "Days");
		await this.dialog.set_value("next_on", null);
		this.filling = false;
		this.remark(known);
		if (!this.many) await settle_plan(this.dialog, "next_in", known);
	}

	remark({ ask, times, next_activity_type, next_activity, next_activity_on }) {
		const $remark = $(`<p class="crm-finishing-remark"></p>`);
		if (ask) {
			$remark.text(__("Same outcome {0} times in a row. Choose the next step.", [times]));
		} else if (next_activity) {
			$remark.text(__("The next step is already planned:") + " ");
			$remark.append($(form_link(next_activity_type, next_activity)));
			$remark.append(document.createTextNode(`, ${day_and_time(next_activity_on)}`));
		} else if (this.many) {
			$remark.text(__("Blank fields are filled from each activity type's next-step rules."));
		}
		const { $wrapper } = this.dialog.fields_dict.remark;
		$wrapper.toggle(Boolean($remark.text())).empty().append($remark);
	}

	async send(values) {
		const args = finishing_args(this.way, { ...values, ...plan_values(this.dialog) });
		const answer = this.many
			? await frappe.xcall("crm_interactions.api.activity.complete_many", { ...this.many, ...args })
			: await frappe.xcall("crm_interactions.api.activity.complete", { ...this.activity, ...args });
		this.dialog.hide();
		if (this.many) this.report_many(answer);
		else {
			const activity = { ...this.activity, title: this.known.title };
			report_one(activity, answer, this.way === "plan" && !this.known.next_activity, this.done);
		}
		this.done?.(answer);
	}

	report_many(answer) {
		const { activity_type } = this.many;
		// a reopened activity keeps its next step, and its chain's cancelled steps stay cancelled
		const undo = this.way === "nothing" ? reopening(activity_type, () => this.done?.(answer)) : undefined;
		report_many(answer, { doctype: activity_type, undo });
	}
}
