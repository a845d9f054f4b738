/** Document types and pages, with their section of docs/using.md. */
export const SECTIONS = {
	Interaction: "log-an-interaction",
	Meeting: "invite-to-a-meeting",
	"Product Record": "log-an-interaction",
	"Activity Link": "find-it",
	"Interaction Chain": "follow-a-chain",
	"Activity Plan": "follow-a-plan",
	"Meeting Resource": "reserve-resources",
	"Interaction Hand Over": "supervise",
	"CRM Interactions Settings": "for-administrators",
};
const PAGES = {
	"my-day": "start-with-my-day",
	"Workspaces/Interactions": "start-with-my-day",
	"Workspaces/Interaction Setup": "for-administrators",
};
const PATH = "/interactions-help";

/** Return the address of the help for a document type. */
export const help_address = (doctype) => `${PATH}#${SECTIONS[doctype] || ""}`;

/** Return Frappe's routes, each with the address of its help. */
export function addresses_by_route() {
	const found = Object.entries(PAGES).map(([route, section]) => [route, `${PATH}#${section}`]);
	for (const doctype of Object.keys(SECTIONS)) {
		for (const view of ["List", "Form"]) found.push([`${view}/${doctype}`, help_address(doctype)]);
	}
	found.push(["Workspaces/Insight", `${PATH}?page=insight`]);
	return found;
}
