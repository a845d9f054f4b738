import { one_at_a_time } from "../../logic/one_at_a_time";
import { settings } from "../platform/boot";
import { toast } from "../platform/toast";
import { write } from "./api";
import { ask_to_close, reopen } from "./close_dialog";
import { chain_link } from "./html";
import { open_link_dialog } from "./link_dialog";
import { ask_for_subject } from "./subject_dialog";
import { ask_to_end_plan } from "../plans/end_dialog";
import { may_start_plans, open_start_plan } from "../plans/start_dialog";
import { is_saved } from "./target";
import { ask_to_unlink } from "./unlink_dialog";

/**
 * Add the actions of a chain to its form and to the forms of its activities (R16, R19, R20, B2).
 *
 * Only actions that fit the chain's state are added, and only with write permission on chains. An action saves a
 * changed form first, and ignores clicks while it runs.
 */
export function add_chain_buttons(target) {
	const { frm, chain, activity, anchor } = target;
	if (frm.is_new() || !frappe.model.can_write("Interaction Chain")) return;
	if (!activity && frm.doc.status === "Merged") return;
	const add = (label, action, group = __("Chain")) =>
		frm.add_custom_button(
			label,
			one_at_a_time(async () => {
				if (await is_saved(frm)) await action(target);
			}),
			group
		);
	if (anchor) add(__("Link…"), open_link_dialog);
	if (activity && chain.activity_count > 1) add(__("Unlink…"), ask_to_unlink);
	const subject_types = settings().subject_types || [];
	if (subject_types.length) add(__("Set Subject…"), ask_for_subject);
	for (const doctype of subject_types.filter((type) => frappe.model.can_create(type))) {
		add(__("Create {0}", [__(doctype)]), () => create_subject(target, doctype));
	}
	if (chain.status === "Open") add_plan_buttons(target, add);
	const group = activity ? __("Chain") : null;
	if (chain.status === "Open") add(__("Close…"), ask_to_close, group);
	if (chain.status === "Closed") add(__("Reopen"), reopen, group);
}

function add_plan_buttons({ plans }, add) {
	if (may_start_plans()) {
		add(__("Start Plan…"), ({ chain, reload }) =>
			open_start_plan({ doctype: "Interaction Chain", names: [chain.name] }, reload)
		);
	}
	if (plans.length) add(__("End Plan…"), ask_to_end_plan);
}

async function create_subject({ chain }, doctype) {
	const made = await write("create_subject", { chain: chain.name, doctype });
	toast(__("Set as the subject of {0}.", [chain_link(made.chain)]));
	await frappe.set_route("Form", made.doctype, made.name);
}
