/** Document types and pages, with their section of docs/using.md, or another page of docs and its section. */
export const SECTIONS = {
	Interaction: "log-an-interaction",
	Meeting: "invite-to-a-meeting",
	"Product Record": "log-an-interaction",
	"Activity Link": "find-it",
	"Interaction Chain": "follow-a-chain",
	"Activity Plan": "follow-a-plan",
	"Meeting Resource": "reserve-resources",
	"Interaction Hand Over": "supervising#supervise",
	"CRM Interactions Settings": "administering#for-administrators",
};
const PAGES = {
	"my-day": "start-with-my-day",
	"Workspaces/Interactions": "start-with-my-day",
	"Workspaces/Interaction Setup": "administering#for-administrators",
};
const PATH = "/interactions-help";

/** Return the address of the help for a document type. */
export const help_address = (doctype) => address(SECTIONS[doctype] || "");

/** Return Frappe's routes, each with the address of its help. */
export function addresses_by_route() {
	const found = Object.entries(PAGES).map(([route, section]) => [route, address(section)]);
	for (const doctype of Object.keys(SECTIONS)) {
		for (const view of ["List", "Form"]) found.push([`${view}/${doctype}`, help_address(doctype)]);
	}
	found.push(["Workspaces/Insight", address("insight#")]);
	return found;
}

function address(place) {
	const [page, section] = place.includes("#") ? place.split("#") : ["", place];
	return `${PATH}${page ? `?page=${page}` : ""}${section ? `#${section}` : ""}`;
}
