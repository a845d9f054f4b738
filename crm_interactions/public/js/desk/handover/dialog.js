import { default_party_type, only_party_type } from "../../logic/options";
import { can_be_sent, hand_over_args, preview_of } from "../../logic/hand_over";
import { settings } from "../platform/boot";
import { make_dialog } from "../platform/dialog";
import { form_link } from "../chains/html";
import { ask } from "../platform/server";
import { toast } from "../platform/toast";

const FILTERS = ["party_type", "party", "chain", "interaction_type", "open_only"];
const PEOPLE_QUERY = "crm_interactions.api.oversight.people_query";

export const may_hand_over = () => Boolean(settings().may_hand_over);

/**
 * Open a dialog that hands over activities to another user, after a preview with counts (R26).
 *
 * @param known initial values, such as `from_user`
 * @param done callback with the server's answer; a hand-over that isn't done at once opens its form
 */
export function open_hand_over({ known = {}, done } = {}) {
	new HandOverDialog(known, done).show();
}

class HandOverDialog {
	constructor(known, done) {
		Object.assign(this, { known, done, asked: 0, counts: null });
		this.dialog = make_dialog({
			asks: false,
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
				label: __("Filters"),
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
				label: __("Open Items Only"),
				default: 1,
				description: __(
					"Past activities keep their responsible user. Completed activities always do."
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

	/** Load the preview if the values changed: fields trigger this more than once per change. */
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
		// a later request is pending
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
			show_result(made, () => this.done?.(made));
			this.done?.(made);
		} catch {
			// Frappe has shown the error; the dialog stays open for another try
		} finally {
			this.draw();
		}
	}
}

function waiting({ from_user }) {
	const text = from_user ? __("Counting…") : __("Choose a user in From to see the preview.");
	return $(`<p class="crm-hand-over-remark"></p>`).text(text);
}

function preview(counts) {
	const { parts, following } = preview_of(counts);
	if (!counts.total) {
		return $(`<p class="crm-hand-over-remark"></p>`).text(
			__("No documents to hand over are visible to you. Change the filters or choose another user.")
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
			.text(`${__("Also handed over:")} ${named}`)
			.appendTo($preview);
	}
	if (counts.not_allowed) {
		$(`<p class="crm-hand-over-remark"></p>`)
			.text(__("Left, because you may not change them: {0}.", [counts.not_allowed]))
			.appendTo($preview);
	}
	return $preview;
}

function show_result({ name, status, done_count, left_count }, done) {
	const link = form_link("Interaction Hand Over", name);
	if (status !== "Done") {
		frappe.set_route("Form", "Interaction Hand Over", name);
		return;
	}
	const undo = async () => {
		const { undone_count } = await frappe.xcall("crm_interactions.api.oversight.undo_hand_over", {
			hand_over: name,
		});
		toast(__("Given back: {0}. {1}", [undone_count, link]));
		done?.();
	};
	const message = left_count
		? __("Handed over: {0}, left: {1}. Open {2} to see the reasons or to give back.", [
				done_count,
				left_count,
				link,
			])
		: __("Handed over: {0}. Open {1} to give back.", [done_count, link]);
	toast(message, { indicator: left_count ? "orange" : "green", undo: done_count && undo });
}
