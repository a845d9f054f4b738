import { ask } from "../platform/server";

/** Server methods for chains; crm_interactions/api/chain.py documents arguments and results. */
const METHODS = {
	candidates: "crm_interactions.api.chain.candidates",
	close: "crm_interactions.api.chain.close",
	counts: "crm_interactions.api.chain.counts",
	create_subject: "crm_interactions.api.chain.create_subject",
	list_open: "crm_interactions.api.chain.list_open",
	link: "crm_interactions.api.chain.link",
	members: "crm_interactions.api.chain.members",
	page: "crm_interactions.api.chain.page",
	participants: "crm_interactions.api.chain.participants",
	preview: "crm_interactions.api.chain.preview",
	reopen: "crm_interactions.api.chain.reopen",
	set_subject: "crm_interactions.api.chain.set_subject",
	undo: "crm_interactions.api.chain.undo",
	unlink: "crm_interactions.api.chain.unlink",
};

export const read = (method, args) => ask(METHODS[method], args);
export const write = (method, args) => frappe.xcall(METHODS[method], args);
