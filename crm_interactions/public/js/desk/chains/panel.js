import { toggled } from "../../logic/chain";
import { fold } from "../../logic/feed";
import { known_values, partner_of } from "../../logic/known";
import { settings } from "../platform/boot";
import { finish } from "../finishing/dialog";
import { open_of_chain, open_of_document, open_of_party } from "../lists/open_list";
import { read } from "./api";
import { add_chain_buttons } from "./buttons";
import { Composer } from "./composer";
import { propose_contact } from "./composer_choices";
import { feed_blocks, list_of } from "./feed_blocks";
import { FeedFilter } from "./feed_filter";
import { add_head_buttons } from "./head_buttons";
import { panel_chips, panel_head } from "./panel_head";
import { partner_details } from "./partner_details";
import { show_contact_map } from "./contact_map";
import { partner_line, read_line } from "./partner_line";
import { record_more } from "./record_more";
import { may_start_plans, open_start_plan } from "../plans/start_dialog";
import { target_of } from "./target";

const PAGE = 20;
// document type → panel of the last document that its form showed
const panels = new Map();
// forms show few rows, so that the record's own fields stay in sight
const FOLDED = 3;

/**
 * Show the activities of a chain, with a partner, or of another document, at the top of a form, and add the buttons (R2, R17).
 *
 * Loads in the background; an answer for another document is dropped. A document without a chain shows nothing.
 */
export function show_panel(frm) {
	remove_section(frm);
	frm.crm_panel = new Panel(frm);
	panels.set(frm.doctype, frm.crm_panel);
	frm.crm_panel.load();
}

/** Remove the panel of an earlier document; Frappe empties the dashboard only. */
function remove_section(frm) {
	frm.layout.wrapper.find(".crm-chain-section").remove();
}

/** Return the panel of the form that the Desk shows, or null. */
export function shown_panel() {
	const [view, doctype, name] = frappe.get_route();
	const panel = view === "Form" && panels.get(doctype);
	return panel && panel.name === name && panel.is_shown ? panel : null;
}

class Panel {
	constructor(frm) {
		this.frm = frm;
		this.name = frm.docname;
		this.is_party = is_party(frm.doctype);
		this.is_related = (settings().related_types || []).includes(frm.doctype);
		this.kinds = [];
		this.rows = [];
		this.chain = null;
		// the partner whose activities another document's form shows, for lack of its own
		this.partner = null;
		this.folded = frm.doctype === "Interaction Chain" ? 0 : FOLDED;
		this.filter = new FeedFilter(() => this.load());
	}

	get is_shown() {
		return this.frm.crm_panel === this && this.frm.docname === this.name;
	}

	get subject_of_page() {
		const { doctype } = this.frm;
		if (this.is_party) return { party_type: doctype, party: this.name };
		if (this.partner) return this.partner;
		if (this.is_related) return { document_type: doctype, document: this.name };
		if (doctype === "Interaction Chain") return { chain: this.name };
		return { activity_type: doctype, activity: this.name };
	}

	/** Return a page of the feed; null if another one is wanted by then. */
	async ask(start) {
		const wanted = () => ({
			...(this.kinds.length ? { kinds: this.kinds } : {}),
			feed: JSON.stringify(this.filter.limits),
		});
		const asked = wanted();
		const answer = await read("page", { ...this.subject_of_page, start, length: PAGE, ...asked });
		return this.is_shown && JSON.stringify(asked) === JSON.stringify(wanted()) ? answer : null;
	}

	async load() {
		let answer = await this.ask(0);
		if (answer && this.lacks_own(answer)) answer = await this.ask_for_partner(answer);
		// a document of a registered type without a journal row, such as the ToDo that assigns an activity
		if (!answer || !(answer.chain || this.is_party || this.is_related)) return;
		this.rows = answer.rows;
		this.chain = answer.chain;
		if (!this.$body) {
			this.make(answer);
			if (answer.chain && !this.is_related) add_chain_buttons(target_of(this.frm, answer));
		}
		this.draw(answer);
		await this.show_line(answer);
	}

	/** Return whether a document such as an invoice has neither a chain nor activities that concern it. */
	lacks_own({ chain, counts }) {
		return this.is_related && !this.partner && !chain && !counts.length && !this.filter.is_set;
	}

	/** Return the page of the partner that the document names, or the given one without a readable partner. */
	async ask_for_partner(answer) {
		const partner = partner_of(this.frm.doc, settings().party_types || []);
		if (!partner || !frappe.model.can_read(partner.party_type)) return answer;
		this.partner = partner;
		return this.ask(0);
	}

	/** Open quick entry of an activity with the values that the form knows. */
	async record(doctype) {
		const known = this.known();
		const contact = known.contact || (await propose_contact(known, this.rows));
		return record_more(doctype, { ...known, contact }, () => this.reload());
	}

	/** Return where the panel belongs: the dashboard, or the first tab of a partner, whose dashboard may be on the last one. */
	get place() {
		const [first] = this.frm.layout.tabs || [];
		return this.is_party && first ? $(first.wrapper) : this.frm.dashboard.parent;
	}

	/** Return the values that the form gives to a new activity. */
	known() {
		return known_values(this.frm, this.chain, settings());
	}

	async load_more() {
		const answer = await this.ask(this.rows.length);
		if (!answer) return;
		this.rows = [...this.rows, ...answer.rows];
		this.draw(answer);
	}

	make({ chain }) {
		const { frm } = this;
		remove_section(frm);
		this.$body = $(`<div class="crm-chain"></div>`);
		frm.dashboard.add_section(
			this.$body,
			chain ? __("Chain") : __("Activities"),
			"custom crm-chain-section"
		);
		// further sections of the chain's form may load first
		this.$body.closest(".crm-chain-section").prependTo(this.place);
		frm.dashboard.show();
		const record = (doctype) => this.record(doctype);
		this.$body.append(panel_head(frm, { chain, partner: this.partner, record }));
		const start_plan = this.is_party && may_start_plans() ? () => this.start_plan() : null;
		if (start_plan) this.add_plan_button(start_plan);
		this.show_count = add_head_buttons(frm, { body: this.$body, record, start_plan });
		if (this.is_party) this.$body.find(".crm-chain-about").append(partner_details(frm.doc));
		this.add_composer(chain);
		const $bar = $(`<div class="crm-feed-bar"></div>`).appendTo(this.$body);
		this.$chips = $(`<div class="crm-chain-chips"></div>`).appendTo($bar);
		$bar.append(this.filter.$element);
		this.$rows = $(`<div></div>`).appendTo(this.$body);
	}

	start_plan() {
		open_start_plan({ doctype: this.frm.doctype, names: [this.name] }, () => this.reload());
	}

	add_plan_button(start_plan) {
		$(`<button type="button" class="btn btn-default btn-xs crm-start-plan-button"></button>`)
			.text(__("Start Plan…"))
			.on("click", start_plan)
			.appendTo(this.$body.find(".crm-chain-new"));
	}

	/** Add the line that logs, for users who may log something here. */
	add_composer(chain) {
		const { frm } = this;
		const known = () => this.known();
		const { party, how_to_reach } = known();
		const is_open = !chain || chain.status === "Open";
		if (!is_open || !(party || how_to_reach) || !frappe.model.can_create("Interaction")) return;
		const key = `${frm.doctype}/${this.name}`;
		const saved = () => (frm.doctype === "Interaction Chain" ? this.reload() : this.load());
		const composer = new Composer({ key, known, rows: () => this.rows, saved });
		this.$body.append(composer.$element);
		composer.show();
	}

	/** Show the line of a partner or another document, which a request of its own reads, so that the rows don't wait. */
	async show_line({ chain, partners }) {
		if (chain) return;
		if (partners || this.frm.doctype === "Contact") {
			show_contact_map(this.frm, this.subject_of_page, () => this.is_shown);
		}
		const line = await read_line(this.subject_of_page);
		if (!this.is_shown) return;
		this.$body.find(".crm-partner-line").remove();
		if (line) {
			this.$body.find(".crm-chain-about").append(partner_line(line, this.subject_of_page, partners));
		}
	}

	draw(answer) {
		const { counts, total, more, chain, partners, people } = answer;
		const number = counts.reduce((sum, { count }) => sum + count, 0);
		const { is_set } = this.filter;
		if (!is_set) this.show_count(number);
		this.filter.offer(people || []);
		this.filter.$element.toggle(is_set || number > FOLDED);
		this.$chips.empty().append(
			panel_chips(counts, this.kinds, {
				open: (kind) => this.open_list(kind, chain, partners),
				filter: (kind) => {
					this.kinds = toggled(this.kinds, kind);
					this.load();
				},
			})
		);
		const current = this.subject_of_page;
		const is_current = (row) => is_same(row, current);
		// a filter asks for all that it finds
		const { shown, below } = fold(this.rows, is_set ? 0 : this.folded, is_current);
		const look = {
			is_current,
			with_chain: !chain,
			by_chain: this.is_party,
			party_label: (row) => this.party_label(row, chain),
			finish: ({ activity_type, activity }) =>
				finish({ activity_type, activity, done: () => this.reload() }),
			changed: () => this.load(),
			empty: is_set
				? __("Nothing found. Shorten the search text or choose another period.")
				: this.$body.find(".crm-composer").length
					? __("No activities yet. Log the first one above.")
					: __("No activities yet. Logged activities appear here."),
		};
		const is_folded = shown.length + below.length < this.rows.length;
		this.$body.toggleClass("is-folded", is_folded);
		this.$rows.empty().append(feed_blocks(shown, look));
		if (is_folded) {
			this.add_button(__("Show All {0}", [total]), () => {
				this.folded = 0;
				this.draw(answer);
			});
			if (below.length) this.$rows.append(list_of(below, look));
		} else if (more) {
			this.add_button(__("Load More"), () => this.load_more());
		}
	}

	open_list(kind, chain, partners) {
		if (chain) return open_of_chain(chain.name, kind);
		if (partners) return open_of_party(partners, kind);
		return open_of_document(this.frm.doctype, this.name, kind);
	}

	/** Return the partner's name, or the type of one from which the form's partner was made; "" in a chain. */
	party_label({ party_type, party, party_name }, chain) {
		if (chain || !party) return "";
		const shown = this.is_party ? this.subject_of_page : this.partner;
		if (!shown) return party_name || party;
		return shown.party_type === party_type && shown.party === party ? "" : __(party_type);
	}

	/** Reload the form, whose chain or dates may have changed; with unsaved changes only the panel. */
	reload() {
		return this.frm.is_dirty() ? this.load() : this.frm.reload_doc();
	}

	add_button(label, action) {
		$(`<button type="button" class="btn btn-default btn-xs crm-chain-more"></button>`)
			.text(label)
			.on("click", action)
			.appendTo(this.$rows);
	}
}

const is_same = (row, { activity_type, activity }) =>
	row.activity_type === activity_type && row.activity === activity;

export function is_party(doctype) {
	const { party_types = [], activity_types = [] } = settings();
	return party_types.includes(doctype) && !activity_types.some((type) => type.doctype === doctype);
}
