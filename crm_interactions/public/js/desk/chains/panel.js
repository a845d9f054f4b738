import { fold, toggled } from "../../logic/chain";
import { settings } from "../platform/boot";
import { finish } from "../finishing/dialog";
import { read } from "./api";
import { add_chain_buttons } from "./buttons";
import { panel_chips, panel_head } from "./panel_head";
import { panel_rows } from "./panel_rows";
import { target_of } from "./target";

const PAGE = 20;
// an activity's form shows few rows, because its fields come first
const folded = () => (frappe.is_mobile() ? 3 : 5);

/**
 * Show the activities of a chain, or with a partner, at the top of a form, and add the chain's buttons (R2, R17).
 *
 * Loads in the background; an answer for another document is dropped. A document without a chain shows nothing.
 */
export function show_panel(frm) {
	frm.crm_panel = new Panel(frm);
	frm.crm_panel.load();
}

class Panel {
	constructor(frm) {
		this.frm = frm;
		this.name = frm.docname;
		this.is_party = is_party(frm.doctype);
		this.kinds = [];
		this.rows = [];
		this.folded = this.is_party || frm.doctype === "Interaction Chain" ? 0 : folded();
	}

	get is_shown() {
		return this.frm.crm_panel === this && this.frm.docname === this.name;
	}

	get subject_of_page() {
		const { doctype } = this.frm;
		if (this.is_party) return { party_type: doctype, party: this.name };
		if (doctype === "Interaction Chain") return { chain: this.name };
		return { activity_type: doctype, activity: this.name };
	}

	async ask(start) {
		const asked = this.kinds;
		const answer = await read("page", {
			...this.subject_of_page,
			start,
			length: PAGE,
			...(asked.length ? { kinds: asked } : {}),
		});
		return this.is_shown && asked === this.kinds ? answer : null;
	}

	async load() {
		const answer = await this.ask(0);
		// a document of a registered type without a journal row, such as the ToDo that assigns an activity
		if (!answer || !(answer.chain || this.is_party)) return;
		this.rows = answer.rows;
		if (!this.$body) {
			this.make(answer);
			if (answer.chain) add_chain_buttons(target_of(this.frm, answer));
		}
		this.draw(answer);
	}

	async load_more() {
		const answer = await this.ask(this.rows.length);
		if (!answer) return;
		this.rows = [...this.rows, ...answer.rows];
		this.draw(answer);
	}

	make({ chain }) {
		const { frm } = this;
		frm.dashboard.parent.find(".crm-chain-section").remove();
		this.$body = $(`<div class="crm-chain"></div>`);
		frm.dashboard.add_section(
			this.$body,
			this.is_party ? __("Activities") : __("Chain"),
			"custom crm-chain-section"
		);
		// further sections of the chain's form may load first
		this.$body.closest(".crm-chain-section").prependTo(frm.dashboard.parent);
		frm.dashboard.show();
		this.$body.append(panel_head(frm, chain, this.is_party, () => frm.reload_doc()));
		this.$chips = $(`<div class="crm-chain-chips"></div>`).appendTo(this.$body);
		this.$rows = $(`<div></div>`).appendTo(this.$body);
	}

	draw({ counts, total, more, chain }) {
		this.$chips.empty().append(
			panel_chips(counts, this.kinds, {
				chain,
				party: this.is_party && this.subject_of_page,
				filter: (kind) => {
					this.kinds = toggled(this.kinds, kind);
					this.load();
				},
			})
		);
		const current = this.subject_of_page;
		const { shown, below } = fold(this.rows, this.folded, (row) => is_same(row, current));
		const look = {
			is_current: (row) => is_same(row, current),
			with_chain: this.is_party,
			finish: ({ activity_type, activity }) =>
				finish({ activity_type, activity, done: () => this.reload() }),
		};
		this.$rows
			.empty()
			.append(panel_rows(shown, { ...look, older_follows: !below.length && shown.length < total }));
		if (shown.length + below.length < this.rows.length) {
			this.add_button(__("Show All {0}", [total]), () => {
				this.folded = 0;
				this.draw({ counts, total, more, chain });
			});
			if (below.length) this.$rows.append(panel_rows(below, { ...look, older_follows: false }));
		} else if (more) {
			this.add_button(__("Load More"), () => this.load_more());
		}
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
