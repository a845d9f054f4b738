import { proposed_chain, urgency_of } from "../../logic/open_chains";
import { read } from "../chains/api";
import { escaped } from "../chains/html";
import { clock as user_clock, end_of_day } from "../platform/clock";

/**
 * Offer the open chains of a new activity's partner below the partner, newest first and a new chain last.
 *
 * A chain that came with the document stays. The only chain that is late or due today is proposed; another partner
 * takes the choice back. Without write permission on chains, and without open chains, nothing is shown.
 */
export async function offer_chains(host) {
	const control = host.control("party");
	if (!control) return;
	const [id, party_type, party] = [host.id(), host.get("party_type"), host.get("party")];
	const key = party_type && party ? JSON.stringify([party_type, party]) : "";
	// a form keeps its controls for the next document
	const known = control.crm_chains?.id === id ? control.crm_chains : null;
	if (known?.key === key) return;
	remove_offer(host);
	if (!known && host.get("chain")) return;
	const offer = (control.crm_chains = { id, key });
	if (known?.select) await host.set({ chain: "" });
	if (!key || !frappe.model.can_write("Interaction Chain")) return;
	const chains = await read("list_open", { party_type, party });
	if (control.crm_chains !== offer || !chains.length || host.get("chain")) return;
	await draw(host, control, chains);
}

/** Remove the offer, for example from the form of a saved document. */
export function remove_offer(host) {
	const control = host.control("party");
	control?.crm_chains?.select?.$wrapper.parent().remove();
	if (control) delete control.crm_chains;
}

/** Show in the offer a chain that was chosen in the field *Chain*. */
export function show_chosen_chain(host) {
	host.control("party")?.crm_chains?.select?.set_input(host.get("chain") || "");
}

/** Return the `options` (value and plain label) of open chains, a new chain last, and the name of the `proposed` one. */
export function chain_choices(chains) {
	const clock = { ...user_clock, now: frappe.datetime.system_datetime(), end_of_day: end_of_day() };
	const known = chains.map((chain) => ({ value: chain.name, label: label_of(chain, clock) }));
	return {
		options: [...known, { value: "", label: __("New Chain") }],
		proposed: proposed_chain(chains, clock),
	};
}

async function draw(host, control, chains) {
	const { options, proposed } = chain_choices(chains);
	const select = frappe.ui.form.make_control({
		parent: $(`<div class="crm-open-chains"></div>`).insertAfter(control.$wrapper),
		df: {
			fieldname: "open_chain",
			fieldtype: "Select",
			label: __("Chain"),
			options: options.map(({ value, label }) => ({ value, label: escaped(label) })),
			onchange: () => host.set({ chain: select.get_value() || "" }),
		},
		render_input: true,
	});
	control.crm_chains.select = select;
	select.set_input(proposed);
	if (proposed) await host.set({ chain: proposed });
}

function label_of(chain, clock) {
	const marks = { late: __("Late"), due: __("Due Today") };
	const parts = [chain.title, chain.name, marks[urgency_of(chain, clock)]];
	return parts.filter(Boolean).join(" · ");
}
