import { answers_to, moved_selection } from "../../logic/chain";
import { one_at_a_time } from "../../logic/one_at_a_time";
import { make_dialog } from "../platform/dialog";
import { read, write } from "./api";
import { chain_link, escaped } from "./html";
import { kind_label, kinds } from "./kinds";
import { activity_row } from "./panel_rows";
import { alert_with_undo } from "./undo";

const PAGE = 20;
const TYPING = 250;

/** Open a dialog that joins the chains of an activity and a chosen one, with preview and *Undo* (R16). */
export function open_link_dialog(target) {
	new LinkDialog(target).show();
}

class LinkDialog {
	constructor({ activity, anchor, chain, reload }) {
		Object.assign(this, { anchor, chain, reload, rows: [], selected: -1, plan: null, asked: 0 });
		this.dialog = make_dialog({
			asks: false,
			title: activity
				? __("Link with Another Activity")
				: __("Link {0} with Another Chain", [chain.name]),
			size: "large",
			fields: [
				{
					fieldname: "text",
					fieldtype: "Data",
					label: __("Search"),
					placeholder: __("Topic, number or chain"),
				},
				{ fieldtype: "Column Break" },
				{
					fieldname: "kind",
					fieldtype: "Select",
					label: __("Kind"),
					options: [
						{ value: "", label: __("All kinds") },
						...kinds().map(({ doctype }) => ({ value: doctype, label: kind_label(doctype) })),
					],
					onchange: () => this.search(),
				},
				{ fieldtype: "Section Break", hide_border: 1 },
				{ fieldname: "found", fieldtype: "HTML" },
			],
			primary_action_label: __("Join"),
			primary_action: () => this.join(),
		});
		this.join = one_at_a_time(() => this.send());
		this.dialog.$wrapper.addClass("crm-link-dialog");
		this.$list = $(`<ol class="crm-chain-rows crm-link-rows" role="grid" tabindex="-1"></ol>`);
		this.$more = $("<div></div>");
		this.$plan = $(`<div class="crm-link-plan" aria-live="polite"></div>`);
		this.$hint = $(`<p class="crm-link-hint text-muted" role="status"></p>`).hide();
		this.dialog.fields_dict.found.$wrapper.append(this.$hint, this.$list, this.$more, this.$plan);
		this.listen();
	}

	show() {
		this.dialog.show();
		this.draw_plan();
		this.search();
	}

	listen() {
		const { $input } = this.dialog.fields_dict.text;
		const search_later = frappe.utils.debounce(() => this.is_typing && this.search(), TYPING);
		$input.on("input", () => {
			this.is_typing = true;
			search_later();
		});
		this.dialog.$wrapper.on("keydown", (event) => this.on_key(event));
	}

	async on_key(event) {
		const { target, key } = event;
		if ($(target).is("select, .btn, a")) return;
		if (key === "Enter") {
			event.preventDefault();
			event.stopPropagation();
			// the current rows belong to the previous text
			if (this.is_typing) await this.search();
			return this.selected < 0 ? this.select(0) : this.confirm();
		}
		const index = moved_selection(this.selected, key, this.rows.length);
		if (index === this.selected || index < 0) return;
		event.preventDefault();
		this.select(index);
	}

	/** Load the first page for text and kind, newest first; `load` drops answers to earlier searches. */
	async search() {
		this.is_typing = false;
		await this.load(0);
	}

	async load(start) {
		const asked = ++this.asked;
		const kind = this.dialog.get_value("kind");
		const found = await read("candidates", {
			...this.anchor,
			text: this.dialog.fields_dict.text.$input.val().trim(),
			...(kind ? { kinds: [kind] } : {}),
			start,
			length: PAGE,
		});
		if (asked !== this.asked) return;
		const chosen = this.rows[this.selected];
		this.rows = start ? [...this.rows, ...found.rows] : found.rows;
		// a row selected during the request stays selected
		const selected = this.rows.findIndex((row) => is_same(row, chosen));
		if (selected < 0) this.select(-1);
		this.selected = selected;
		this.partner_known = found.partner_known;
		this.draw(found.more);
	}

	draw(more) {
		const now = frappe.datetime.system_datetime();
		const texts = texts_of(this.partner_known);
		// without a row, it is no grid
		this.$list.empty().attr({ "aria-label": texts.label, role: this.rows.length ? "grid" : null });
		this.$more.empty();
		this.$hint.text(texts.hint).toggle(Boolean(texts.hint));
		if (!this.rows.length) {
			const text = this.is_narrowed() ? nothing_found() : texts.empty;
			this.$list.append($(`<li class="crm-chain-empty text-muted"></li>`).text(text));
		}
		this.rows.forEach((row, index) => {
			const $row = activity_row(row, now, { with_chain: true });
			// links in an option would be out of reach for screen readers
			$row.children().attr("role", "gridcell");
			$row.attr({ role: "row", "aria-selected": String(index === this.selected) })
				.toggleClass("current", index === this.selected)
				.on("click", (event) => {
					if (event.ctrlKey || event.metaKey) return;
					// links in the row would leave the dialog
					event.preventDefault();
					event.stopPropagation();
					this.select(index);
				})
				.on("dblclick", () => this.confirm())
				.appendTo(this.$list);
		});
		if (more) {
			$(`<button type="button" class="btn btn-default btn-xs crm-chain-more"></button>`)
				.text(__("Load More"))
				.on("click", async () => {
					await this.load(this.rows.length);
					// the button was replaced, so the list takes the focus
					this.$list.trigger("focus");
				})
				.appendTo(this.$more);
		}
	}

	is_narrowed() {
		return Boolean(this.dialog.get_value("kind") || this.dialog.fields_dict.text.$input.val().trim());
	}

	select(index) {
		if (index >= this.rows.length) return;
		this.selected = index;
		this.$list.children(".crm-chain-row").each((position, element) => {
			const is_selected = position === index;
			$(element).toggleClass("current", is_selected).attr("aria-selected", String(is_selected));
			if (is_selected) element.scrollIntoView({ block: "nearest" });
		});
		this.plan = null;
		this.planning = index < 0 ? null : this.look(this.rows[index]);
		this.draw_plan();
	}

	get target() {
		const row = this.rows[this.selected];
		return row && { target_type: row.activity_type, target: row.activity };
	}

	async look(row) {
		const plan = await read("preview", { ...this.anchor, ...this.target });
		if (!is_same(row, this.rows[this.selected])) return;
		this.plan = plan;
		this.draw_plan();
	}

	draw_plan() {
		const { plan } = this;
		const $join = this.dialog.get_primary_btn();
		$join.prop("disabled", !plan || plan.same);
		$join.text(plan && plan.questions.length ? __("Join Anyway") : __("Join"));
		this.$plan.toggleClass("asks", Boolean(plan && plan.questions.length)).empty();
		if (this.selected < 0) {
			this.$plan.append(
				$(`<span class="text-muted"></span>`).text(
					frappe.is_mobile()
						? __("Choose an activity to link.")
						: __("Choose an activity to link. Press Enter to join.")
				)
			);
		} else if (plan) {
			this.$plan.append($("<div></div>").html(plan_sentence(plan)));
			for (const { text } of plan.questions) this.$plan.append($("<div></div>").text(text));
		}
	}

	/** Join on Enter or double click; a plan with questions needs the button. */
	async confirm() {
		await this.planning;
		if (!this.plan || this.plan.same) return;
		if (this.plan.questions.length) return this.dialog.get_primary_btn().trigger("focus");
		await this.join();
	}

	async send() {
		const { plan } = this;
		if (!plan || plan.same) return;
		const done = await write("link", { ...this.anchor, ...this.target, ...answers_to(plan.questions) });
		this.dialog.hide();
		alert_with_undo(joined_sentence(done, plan), done.log, this.reload);
		this.reload();
	}
}

const is_same = (row, other) =>
	Boolean(other) && row.activity_type === other.activity_type && row.activity === other.activity;

function nothing_found() {
	return __("Nothing found. Shorten the search text or choose all kinds.");
}

function texts_of(partner_known) {
	if (partner_known) {
		return {
			label: __("Activities with the same partner"),
			empty: __("There are no other activities with this partner."),
			hint: "",
		};
	}
	return {
		label: __("Activities with all partners"),
		empty: __("There are no other activities."),
		hint: __("This activity has no partner, so activities with all partners are listed."),
	};
}

function plan_sentence({ same, into, from }) {
	if (same) return __("Both activities are already in chain {0}.", [escaped(into.name).bold()]);
	return __("{0} is joined into {1}, which keeps its number.", [described(from), described(into)]);
}

function described({ name, title, activity_count }) {
	const number = escaped(name).bold();
	const values = [number, escaped(title), activity_count];
	return activity_count === 1
		? __("{0} “{1}” (1 activity)", values)
		: __("{0} “{1}” ({2} activities)", values);
}

function joined_sentence({ chain, joined }, { from }) {
	const values = [escaped(from.name), chain_link(chain), joined];
	return joined === 1
		? __("{0} was joined into {1} (1 activity).", values)
		: __("{0} was joined into {1} ({2} activities).", values);
}
