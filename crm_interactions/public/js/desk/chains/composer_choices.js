import { proposed_contact } from "../../logic/composer";
import { as_typed } from "../../logic/stored_text";
import { chain_choices } from "../activity/open_chains";
import { ask } from "../platform/server";
import { read } from "./api";

const CONTACTS = "crm_interactions.api.party.contact_query";
const MOST = 50;

/** Contact and chain of what the composer logs, each proposed; asked for once, when the composer is opened. */
export class ComposerChoices {
	constructor(known, rows) {
		Object.assign(this, { known, rows });
		this.$element = $(`<div class="crm-composer-choices"></div>`);
	}

	load() {
		this.loaded = this.loaded || this.draw();
		return this.loaded;
	}

	/** Ask again, since a logged activity may have begun a chain. */
	reload() {
		this.loaded = null;
		return this.load();
	}

	async draw() {
		const known = this.known();
		const { party_type, party } = known;
		if (!party) return;
		const [contacts, chains] = await Promise.all([
			known.contact || known.how_to_reach ? null : contacts_of(party_type, party),
			known.chain || !frappe.model.can_write("Interaction Chain")
				? []
				: read("list_open", { party_type, party }),
		]);
		this.$element.empty();
		this.$contact = this.$number = this.$chain = null;
		if (contacts) this.draw_contacts(contacts);
		if (chains.length) this.draw_chains(chains, known);
	}

	draw_contacts(contacts) {
		if (!contacts.length) {
			this.$number = $(`<input type="text" class="form-control input-xs">`)
				.attr({ placeholder: __("Phone or E-mail"), "aria-label": __("Phone or E-mail") })
				.appendTo(this.$element);
			return;
		}
		this.$contact = select(__("Contact Person"), "contact").appendTo(this.$element);
		for (const { name, full_name } of contacts) this.$contact.append(option(name, as_typed(full_name)));
		this.$contact.val(proposed_contact(contacts, this.rows()));
	}

	draw_chains(chains, { subject }) {
		const { options, proposed } = chain_choices(chains);
		// a subject's form begins a chain with this subject
		const only = chains.length === 1 && !subject ? chains[0].name : proposed;
		this.$chain = select(__("Chain"), "chain").appendTo(this.$element);
		for (const { value, label } of options) this.$chain.append(option(value, label));
		this.$chain.val(only);
	}

	/** Return the chosen values, without blank ones. */
	async values() {
		await this.load();
		const values = {
			contact: this.$contact?.val(),
			how_to_reach: this.$number?.val().trim(),
			chain: this.$chain?.val(),
		};
		return Object.fromEntries(Object.entries(values).filter(([, value]) => value));
	}
}

/** Return the contact that a new activity with a partner proposes: of the newest of `rows` with one, else the first. */
export async function propose_contact({ party_type, party }, rows) {
	return party ? proposed_contact(await contacts_of(party_type, party), rows) : "";
}

async function contacts_of(party_type, party) {
	const rows = await ask(CONTACTS, {
		doctype: "Contact",
		txt: "",
		searchfield: "name",
		start: 0,
		page_len: MOST,
		filters: JSON.stringify({ party_type, party }),
	});
	return rows.map(([name, full_name]) => ({ name, full_name: full_name || name }));
}

function select(label, part) {
	return $(`<select class="form-control input-xs"></select>`).attr({
		"aria-label": label,
		title: label,
		"data-part": part,
	});
}

const option = (value, label) => $("<option></option>").attr("value", value).text(label);
