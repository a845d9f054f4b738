import { who } from "../../logic/call_card";
import { kinds_of } from "../../logic/composer";
import {
	is_blank,
	is_call,
	is_reach,
	new_draft,
	NEXT_STEPS,
	read_draft,
	sole_match,
	values_of,
} from "../../logic/log_call";
import { one_at_a_time } from "../../logic/one_at_a_time";
import { ask_for_contact } from "../activity/contact_dialog";
import { html_of, list_types, log_once, new_key, tell } from "../activity/log_once";
import { forget_timer, show_timer, write_duration } from "../activity/timer_field";
import { enabled_query } from "../activity/types";
import { ComposerChoices } from "../chains/composer_choices";
import { shown_panel } from "../chains/panel";
import { finish } from "../finishing/dialog";
import { settings } from "../platform/boot";
import { make_dialog } from "../platform/dialog";
import { refresh_list } from "../platform/refresh_list";
import { ask } from "../platform/server";
import { toast } from "../platform/toast";
import { found_list, kind_buttons, history_of } from "./log_call_parts";

const DRAFT = "crm_interactions_log_call";
const LAST_KIND = "crm_interactions_log_call_kind";
const TYPING = 300; // milliseconds

/** Open the dialog *Log Call*, with the draft that was left, or the partner of the form below. */
export async function log_call() {
	if (!frappe.model.can_create("Interaction") || document.querySelector(".modal.show")) return;
	const kinds = kinds_of(await list_types()).filter(({ key }) => key !== "plan");
	if (kinds.length) new LogCall(kinds, shown_panel()?.known?.()).show();
}

class LogCall {
	constructor(kinds, from_form) {
		this.kinds = kinds;
		this.draft = read_draft(localStorage.getItem(DRAFT), new_key());
		// measured as in quick entry, from opening to saving
		this.timed = { doctype: "Interaction", name: "log-call", __islocal: 1, status: "Held" };
		forget_timer(this.timed);
		if (is_blank(this.draft) && from_form?.party) {
			const { party_type, party, contact } = from_form;
			const party_name = frappe.utils.get_link_title(party_type, party) || party;
			this.draft.chosen = { party_type, party, contact, party_name };
		}
		this.save = one_at_a_time((then) => this.log(then));
		this.dialog = make_dialog({
			title: __("Log Call"),
			asks: false, // the draft stays
			fields: this.fields(),
			primary_action_label: __("Save"),
			primary_action: () => this.save(),
		});
		this.dialog.$wrapper.addClass("crm-log-call");
		this.dialog.add_custom_action(__("Save & Plan"), () => this.save("plan"));
		this.dialog.add_custom_action(__("Save & Complete"), () => this.save("complete"));
	}

	fields() {
		return [
			{ fieldname: "kinds", fieldtype: "HTML" },
			{
				fieldname: "who",
				fieldtype: "Data",
				label: __("Number, Partner or Person"),
				description: __("A number alone is enough for an incoming call."),
			},
			{ fieldname: "found", fieldtype: "HTML" },
			{
				fieldname: "note",
				fieldtype: "Small Text",
				label: __("Note"),
				description: __("The first line becomes the topic."),
			},
			{ fieldtype: "Section Break", hide_border: 1 },
			{
				fieldname: "outcome",
				fieldtype: "Link",
				options: "Interaction Outcome",
				label: __("Outcome"),
				get_query: enabled_query,
				onchange: () => this.keep({ outcome: this.dialog.get_value("outcome") || "" }),
			},
			{ fieldtype: "Column Break" },
			{
				fieldname: "next",
				fieldtype: "Select",
				options: NEXT_STEPS.map(({ value, label }) => ({ value, label: label && __(label) })),
				label: __("Next Step"),
				onchange: () => this.keep({ next: this.dialog.get_value("next") || "" }),
			},
		];
	}

	async show() {
		const { dialog, draft } = this;
		dialog.show();
		this.show_timer();
		const last = draft.kind || localStorage.getItem(LAST_KIND);
		this.choose_kind(this.kinds.find(({ key }) => key === last) || this.kinds[0]);
		const { who, note, outcome, next } = draft;
		await dialog.set_values({ who, note, outcome, next });
		const { who: $who, note: $note } = Object.fromEntries(
			["who", "note"].map((name) => [name, dialog.fields_dict[name].$input])
		);
		$note.css("height", 96).on("input", () => this.keep({ note: $note.val() }));
		const look_up = frappe.utils.debounce(() => this.look_up(), TYPING);
		$who.on("input", () => {
			this.keep({ who: $who.val(), chosen: null });
			look_up();
		});
		$who.on("keydown", (event) => {
			if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
			event.preventDefault(); // Frappe would save
			this.choose_first().then(() => $note.trigger("focus"));
		});
		// Frappe puts the focus on the first field when the dialog is fully open
		const focus = () => (draft.chosen ? $note : $who).trigger("focus");
		dialog.$wrapper.one("shown.bs.modal", () => setTimeout(focus));
		focus();
		if (draft.chosen) await this.choose(draft.chosen);
		else if (draft.who) await this.look_up();
	}

	show_timer() {
		if (!settings().timer_enabled) return;
		this.$timer = $(`<div class="crm-quick-entry-timer"></div>`).attr("title", __("Duration"));
		this.dialog.$wrapper.find(".modal-header .title-section").append(this.$timer);
		show_timer(this.$timer, this.timed);
	}

	keep(values) {
		// another text is another interaction
		Object.assign(this.draft, values, "note" in values ? { key: new_key() } : {});
		if (is_blank(this.draft)) localStorage.removeItem(DRAFT);
		else localStorage.setItem(DRAFT, JSON.stringify(this.draft));
	}

	choose_kind(kind) {
		this.kind = kind;
		this.draft.kind = kind.key;
		this.$timer?.toggle(is_call(kind));
		this.dialog.fields_dict.kinds.$wrapper
			.empty()
			.append(kind_buttons(this.kinds, kind, (other) => this.choose_kind(other)));
	}

	/** Show who has the number or the name; an answer for an earlier text is dropped. */
	async look_up() {
		if (this.draft.chosen) return; // by Enter, before this typing was looked up
		const text = this.draft.who.trim();
		const $found = this.dialog.fields_dict.found.$wrapper.empty();
		this.choices = null;
		this.matches = [];
		if (text.length < 2) return;
		const matches = await ask("crm_interactions.api.call.find_people", { text });
		if (text !== this.draft.who.trim() || this.draft.chosen) return;
		this.matches = matches;
		const sole = sole_match(matches);
		if (sole) return this.choose(sole);
		$found.append(
			found_list(matches, {
				choose: (match) => this.choose(match),
				add:
					is_reach(text) && frappe.model.can_create("Contact")
						? () => this.add_contact(text)
						: null,
			})
		);
	}

	/** Choose the first match, unless one is chosen, also before the answer for the last letters is there. */
	async choose_first() {
		if (this.draft.chosen) return;
		await this.look_up();
		const [first] = this.matches;
		if (first && !this.draft.chosen) this.choose(first);
	}

	add_contact(reach) {
		ask_for_contact({ reach }, "", (contact, partner) =>
			this.choose({ ...partner, contact, party_name: partner.party })
		);
	}

	/** Show the last activities with a person or partner, and offer contact and open chain. */
	async choose(match) {
		this.keep({ chosen: match });
		const { party_type, party, contact } = match;
		const $found = this.dialog.fields_dict.found.$wrapper.empty();
		const { name, partner } = who(match);
		$(`<div class="crm-log-call-who"></div>`)
			.append($("<b></b>").text(name), partner ? $("<span></span>").text(partner) : null)
			.appendTo($found);
		if (!party) return;
		const history = await ask("crm_interactions.api.call.get_history", { party_type, party });
		if (this.draft.chosen !== match) return;
		const how_to_reach = is_reach(this.draft.who) ? this.draft.who.trim() : "";
		this.choices = new ComposerChoices(
			() => ({ party_type, party, contact, how_to_reach }),
			() => history.recent
		);
		$found.append(history_of(history), this.choices.$element);
		await this.choices.load();
	}

	/** Log the call; `then` is "plan" for the dialog of the next step, "complete" to lock it. */
	async log(then) {
		const { values, problem } = values_of(this.draft, this.kind, (await this.choices?.values()) || {});
		if (problem) return toast(__(problem), { indicator: "orange" });
		if (is_call(this.kind)) write_duration(this.timed);
		const { duration } = this.timed;
		const doc = await log_once(this.draft.key, { ...values, duration, notes: html_of(values.notes) });
		forget_timer(this.timed);
		localStorage.removeItem(DRAFT);
		localStorage.setItem(LAST_KIND, this.kind.key);
		this.draft = new_draft(new_key());
		this.dialog.hide();
		tell(doc);
		const activity = { activity_type: doc.doctype, activity: doc.name };
		if (then === "plan") return finish({ ...activity, done: refresh });
		if (then === "complete") {
			await frappe.xcall("crm_interactions.api.activity.complete", {
				...activity,
				outcome: values.outcome || null,
			});
		}
		refresh();
	}
}

function refresh() {
	shown_panel()?.reload();
	refresh_list();
	frappe.container.page?.my_day?.refresh();
}
