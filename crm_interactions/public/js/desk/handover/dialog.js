import { default_party_type, only_party_type } from "../../logic/options";
import { can_be_sent, hand_over_args, preview_of } from "../../logic/hand_over";
import { settings } from "../platform/boot";
import { form_link } from "../chains/html";
import { ask } from "../platform/server";

const FILTERS = ["party_type", "party", "chain", "interaction_type", "open_only"];
const PEOPLE_QUERY = "crm_interactions.api.oversight.people_query";

export const may_hand_over = () => Boolean(settings().may_hand_over);

/**
 * Hand over what somebody has to a colleague; the numbers are there before anything is changed (R26).
 *
 * @param known what is chosen already, such as `from_user`
 * @param done called when it is done or on its way
 */
export function open_hand_over({ known = {}, done } = {}) {
	new HandOverDialog(known, done).show();
}

class HandOverDialog {
	constructor(known, done) {
		Object.assign(this, { known, done, asked: 0, counts: null });
		this.dialog = new frappe.ui.Dialog({
			title: __("Hand Over to a Colleague"),
			fields: this.fields(),
			primary_action_label: __("Hand Over"),
			primary_action: () => this.send(),
		});
		this.dialog.$wrapper.addClass("crm-hand-over");
	}

	fields() {
		const onchange = () => this.refresh();
		const people = (successors) => () => ({ query: PEOPLE_QUERY, filters: { successors } });
		const boot = settings();
		return [
			{
				fieldname: "from_user",
				fieldtype: "Link",
				options: "User",
				label: __("From"),
				reqd: 1,
				get_query: people(0),
				onchange,
			},
			{ fieldtype: "Column Break" },
			{
				fieldname: "to_user",
				fieldtype: "Link",
				options: "User",
				label: __("To"),
				reqd: 1,
				get_query: people(1),
				onchange,
			},
			{
				fieldname: "only_section",
				fieldtype: "Section Break",
				label: __("Only a Part of It"),
				collapsible: 1,
			},
			{
				fieldname: "party_type",
				fieldtype: "Link",
				options: "DocType",
				label: __("Partner Type"),
				default: default_party_type(boot),
				hidden: only_party_type(boot) ? 1 : 0,
				get_query: () => ({ filters: { name: ["in", boot.party_types || []] } }),
				onchange,
			},
			{
				fieldname: "party",
				fieldtype: "Dynamic Link",
				label: __("Partner"),
				get_options: () => this.dialog.get_value("party_type") || default_party_type(boot),
				onchange,
			},
			{
				fieldname: "open_only",
				fieldtype: "Check",
				label: __("Only What Is Open"),
				default: 1,
				description: __(
					"What is over keeps who was responsible; what is completed does so in any case."
				),
				onchange,
			},
			{ fieldtype: "Column Break" },
			{
				fieldname: "chain",
				fieldtype: "Link",
				options: "Interaction Chain",
				label: __("Chain"),
				onchange,
			},
			{
				fieldname: "interaction_type",
				fieldtype: "Link",
				options: "Interaction Type",
				label: __("Type"),
				onchange,
			},
			{ fieldname: "preview_section", fieldtype: "Section Break", hide_border: 1 },
			{ fieldname: "preview", fieldtype: "HTML" },
		];
	}

	async show() {
		this.dialog.show();
		this.draw();
		for (const [fieldname, value] of Object.entries(this.known)) {
			await this.dialog.set_value(fieldname, value);
		}
	}

	/** Fields tell of a change more than once, and of being cleared by the same event. */
	async refresh() {
		const values = this.dialog.get_values(true);
		const wanted = JSON.stringify(["from_user", ...FILTERS].map((field) => values[field] || null));
		if (wanted === this.wanted) return this.draw();
		this.wanted = wanted;
		const asked = ++this.asked;
		this.counts = null;
		this.draw();
		if (!values.from_user) return;
		const { to_user, ...args } = hand_over_args(values);
		const counts = await ask("crm_interactions.api.oversight.preview_hand_over", args);
		// what comes late is about something that isn't asked any more
		if (asked !== this.asked) return;
		this.counts = counts;
		this.draw();
	}

	draw() {
		const values = this.dialog.get_values(true);
		const { $wrapper } = this.dialog.fields_dict.preview;
		$wrapper.empty().append(this.counts ? preview(this.counts) : waiting(values));
		if (can_be_sent(values, this.counts)) this.dialog.enable_primary_action();
		else this.dialog.disable_primary_action();
	}

	async send() {
		const values = this.dialog.get_values();
		if (!values || !can_be_sent(values, this.counts)) return;
		this.dialog.disable_primary_action();
		try {
			const made = await frappe.xcall(
				"crm_interactions.api.oversight.hand_over",
				hand_over_args(values)
			);
			this.dialog.hide();
			tell(made);
			this.done?.(made);
		} catch {
			// the platform has said why; what was chosen stays, to be sent again
		} finally {
			this.draw();
		}
	}
}

function waiting({ from_user }) {
	const text = from_user
		? __("Counting what there is…")
		: __("Choose from whom, to see what there is to hand over.");
	return $(`<p class="crm-hand-over-remark"></p>`).text(text);
}

function preview(counts) {
	const { parts, following } = preview_of(counts);
	if (!counts.total) {
		return $(`<p class="crm-hand-over-remark"></p>`).text(
			__("There is nothing of this kind to hand over that you may see.")
		);
	}
	const $preview = $(`<div class="crm-hand-over-preview"></div>`);
	const $parts = $(`<div class="crm-hand-over-parts"></div>`).appendTo($preview);
	for (const { key, label, count } of parts) {
		$(`<div class="crm-hand-over-part"></div>`)
			.attr("data-part", key)
			.toggleClass("nothing", !count)
			.append($("<b></b>").text(count), $("<span></span>").text(__(label)))
			.appendTo($parts);
	}
	if (following.length) {
		const named = following.map(({ label, count }) => `${__(label)}: ${count}`).join(" · ");
		$(`<p class="crm-hand-over-remark"></p>`)
			.text(`${__("With them go:")} ${named}`)
			.appendTo($preview);
	}
	if (counts.not_allowed) {
		$(`<p class="crm-hand-over-remark"></p>`)
			.text(__("You may not change {0} of them; they will be left.", [counts.not_allowed]))
			.appendTo($preview);
	}
	return $preview;
}

function tell({ name, status, done_count, left_count }) {
	const link = form_link("Interaction Hand Over", name);
	if (status !== "Done") {
		frappe.set_route("Form", "Interaction Hand Over", name);
		return;
	}
	const message = left_count
		? __("Handed over: {0}, left: {1}. Why, and the way back, stand in {2}.", [
				done_count,
				left_count,
				link,
			])
		: __("Handed over: {0}. The way back stands in {1}.", [done_count, link]);
	frappe.show_alert({ message, indicator: left_count ? "orange" : "green" }, 12);
}
