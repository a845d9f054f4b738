/**
 * The action Log Interaction on the pages of Frappe CRM, which a CRM Form Script adds (crm_form_script.py).
 *
 * Frappe CRM runs the stored text as the body of a function, so it can't import. Functions that scripts get from Frappe
 * CRM come as `page`: `doc`, the document of the page; `call`, `toast` and `createDialog`.
 */
const SETTINGS = "CRM Interactions Settings";
// medium of a type → its option in the settings; this dialog logs past interactions only, nothing planned
const OPTIONS = {
	"Phone Call": "enable_calls",
	Meeting: "enable_meetings",
	"E-mail": "enable_email",
	SMS: "enable_sms",
	Planned: null,
};
// Frappe CRM's style sheet has only the rules that its own pages use, but all colours of its themes; newer releases
// have other names for some, and paler ones for the former reds
const HTML = `<style>
	.crm-log { display: grid; grid-template-columns: 1fr 1fr; gap: 12px 16px; }
	.crm-log label { display: block; min-width: 0; }
	.crm-log .crm-log-wide { grid-column: 1 / -1; }
	.crm-log span { display: block; margin-bottom: 4px; font-size: 12px; color: var(--ink-gray-5); }
	.crm-log label:has(:required) span::after { content: " *"; color: var(--ink-red-6, var(--ink-red-3)); }
	.crm-log input, .crm-log select, .crm-log textarea {
		width: 100%; height: 32px; padding: 4px 10px; border: 1px solid var(--surface-gray-2);
		border-radius: 8px; font-size: 14px; line-height: 22px;
		background-color: var(--surface-gray-2); color: var(--ink-gray-8);
	}
	.crm-log select { padding-right: 32px; }
	.crm-log textarea { display: block; height: 96px; resize: vertical; }
	.crm-log input:focus, .crm-log select:focus, .crm-log textarea:focus {
		background-color: var(--surface-base, var(--surface-white));
		border-color: var(--outline-gray-4); box-shadow: none;
	}
	.crm-log [role="alert"] { font-size: 14px; color: var(--ink-red-8, var(--ink-red-4)); }
	.crm-log [role="alert"]:empty { display: none; }
	@media (max-width: 640px) {
		.crm-log { grid-template-columns: minmax(0, 1fr); }
		/* phones zoom into fields with smaller text */
		.crm-log input, .crm-log select, .crm-log textarea { font-size: 16px; }
	}
</style>
<form class="crm-log" autocomplete="off"></form>`;

/** Return a promise of the page's actions: none for users who may not create interactions. */
async function log_actions(page) {
	const { has_permission } = await page.call("frappe.client.has_permission", {
		doctype: "Interaction",
		docname: "",
		perm_type: "create",
	});
	// what the user has entered, which a dialog that was closed by accident shows again
	const draft = {};
	let opening = null;
	// a second click while the choices are read must not open a second dialog
	const onClick = () => (opening ||= log_interaction(page, draft).finally(() => (opening = null)));
	return has_permission ? [{ label: __("Log Interaction"), onClick }] : [];
}

async function log_interaction(page, draft) {
	try {
		const choices = await read_choices(page);
		let form = null;
		page.createDialog({
			title: __("Log Interaction"),
			size: "xl",
			html: HTML,
			actions: [
				{
					label: __("Save"),
					variant: "solid",
					onClick: ({ close }) => save(page, { form, draft, close, known: choices.known }),
				},
			],
		});
		form = await find_form();
		fill(form, choices, draft);
	} catch (error) {
		page.toast.error(text_of(error));
	}
}

/** Return a promise of the values that the page gives, and of what the user can choose from. */
async function read_choices({ doc, call }) {
	const enabled = { filters: { disabled: 0 }, order_by: "creation asc", limit_page_length: 0 };
	const [settings, types, outcomes] = await Promise.all([
		call("frappe.client.get", { doctype: SETTINGS, name: SETTINGS }),
		call("frappe.client.get_list", {
			doctype: "Interaction Type",
			fields: ["name", "medium", "default_direction"],
			...enabled,
		}),
		call("frappe.client.get_list", { doctype: "Interaction Outcome", fields: ["name"], ...enabled }),
	]);
	const known = await known_values(doc, settings);
	return {
		known,
		types: types.filter(({ medium }) => !(medium in OPTIONS) || settings[OPTIONS[medium]]),
		outcomes,
		contacts: known.party ? await read_contacts(known) : [],
		chains: known.party && !known.chain ? await read_chains(known) : [],
		reach: { email: doc.email, phone: doc.mobile_no || doc.phone },
		contact: doc.contacts?.find((row) => row.is_primary)?.contact,
	};
}

/** Return a promise of partner, chain and subject, as on the form in the Desk (public/js/logic/known.js). */
async function known_values({ doctype, name, ...doc }, settings) {
	const party_types = settings.party_types.map((row) => row.party_type);
	if (party_types.includes(doctype)) return { party_type: doctype, party: name };
	const { chain } = await read("crm_interactions.api.chain.page", {
		activity_type: doctype,
		activity: name,
		length: 1,
	});
	const partners = [
		[chain?.party_type, chain?.party],
		["CRM Organization", doc.organization],
		["CRM Lead", doc.lead],
	];
	const [party_type, party] =
		partners.find(([type, partner]) => partner && party_types.includes(type)) || [];
	const is_subject = settings.subject_types.some((row) => row.subject_type === doctype);
	return {
		party_type,
		party,
		chain: chain?.status === "Open" ? chain.name : undefined,
		...(is_subject && !chain?.subject && { subject_type: doctype, subject: name }),
	};
}

async function read_contacts({ party_type, party }) {
	const rows = await read("crm_interactions.api.party.contact_query", {
		doctype: "Contact",
		txt: "",
		searchfield: "name",
		start: 0,
		page_len: 100,
		filters: JSON.stringify({ party_type, party }),
	});
	return rows.map(([name, shown, email, phone]) => ({ name, shown, email, phone }));
}

async function read_chains({ party_type, party }) {
	const chains = await read("crm_interactions.api.chain.list_open", { party_type, party });
	return chains.map(({ name, title }) => ({
		name,
		shown: [title, name].filter(Boolean).join(" · "),
	}));
}

/** Return a promise of the answer to a GET request; `call` sends POST only. */
async function read(method, values) {
	const answer = await fetch(`/api/method/${method}?${new URLSearchParams(values)}`, {
		headers: { Accept: "application/json" },
	});
	if (!answer.ok) throw new Error(__("The history can't be read. Reload the page and try again."));
	return (await answer.json()).message;
}

/** Return a promise of the dialog's empty form, which appears after a transition; rejected after 5 seconds. */
async function find_form() {
	const end = performance.now() + 5000;
	while (performance.now() < end) {
		const found = [...document.querySelectorAll("form.crm-log")].find((form) => !form.childElementCount);
		if (found) return found;
		await new Promise(requestAnimationFrame);
	}
	throw new Error(__("The dialog did not open. Reload the page and try again."));
}

function fill(form, { types, outcomes, contacts, contact, chains, reach }, draft) {
	const fields = [
		["interaction_type", __("Type"), select(types, { required: true })],
		["direction", __("Direction"), select([{ name: "Incoming" }, { name: "Outgoing" }])],
		...(contacts.length ? [["contact", __("Contact Person"), select(contacts)]] : []),
		["how_to_reach", __("Phone or E-mail"), control("input"), !contacts.length],
		...(chains.length ? [["chain", __("Chain"), select(chains, {}, __("New Chain")), true]] : []),
		["title", __("Topic"), control("input", { required: true, maxLength: 140 }), true],
		["notes", __("Notes"), control("textarea"), true],
		["outcome", __("Outcome"), select(outcomes), true],
		["next_on", __("Next Step On"), control("input", { type: "date" })],
		["next_title", __("Topic of Next Step"), control("input", { maxLength: 140 })],
	];
	form.append(...fields.map(labelled), control("p", { role: "alert", className: "crm-log-wide" }));
	const { elements } = form;
	if (contacts.some(({ name }) => name === contact)) elements.contact.value = contact;
	for (const [name, value] of Object.entries(draft)) if (elements[name]) elements[name].value = value;
	// the type and the contact person propose values for fields that the user has not changed
	const propose = () => {
		const { medium, default_direction } = named(types, elements.interaction_type.value) || {};
		const { email, phone } = named(contacts, elements.contact?.value) || reach;
		if (!("direction" in draft)) elements.direction.value = default_direction || "";
		if (!("how_to_reach" in draft))
			elements.how_to_reach.value = (medium === "E-mail" ? email || phone : phone || email) || "";
	};
	propose();
	form.addEventListener("input", ({ target }) => {
		draft[target.name] = target.value;
		propose();
	});
	// Enter would load another page
	form.addEventListener("submit", (event) => event.preventDefault());
	form.addEventListener("keydown", (event) => {
		if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
		const buttons = [...form.closest("[role=dialog]").querySelectorAll("button")];
		buttons.find((button) => button.textContent.trim() === __("Save")).click();
	});
	elements.interaction_type.focus();
}

async function save(page, { form, draft, close, known }) {
	if (!form?.reportValidity()) return;
	const entered = Object.fromEntries([...new FormData(form)].filter(([, value]) => value.trim()));
	const plan_next = entered.next_on || entered.next_title ? 1 : 0;
	try {
		await page.call("frappe.client.insert", {
			doc: { doctype: "Interaction", ...known, ...entered, plan_next },
		});
	} catch (error) {
		form.querySelector("[role=alert]").textContent = text_of(error);
		return;
	}
	for (const name of Object.keys(draft)) delete draft[name];
	close();
	page.toast.success(__("Interaction logged"));
}

function labelled([name, label, field, wide]) {
	const caption = control("span", { textContent: label });
	const found = control("label", { className: wide ? "crm-log-wide" : "" });
	field.name = name;
	found.append(caption, field);
	return found;
}

function select(choices, properties, blank = "") {
	const found = control("select", properties);
	found.append(control("option", { value: "", textContent: blank }));
	for (const { name, shown } of choices) {
		found.append(control("option", { value: name, textContent: shown || __(name) }));
	}
	return found;
}

const control = (tag, properties) => Object.assign(document.createElement(tag), properties);
const named = (choices, name) => choices.find((choice) => choice.name === name);

/** Return the messages of a refused request as plain text: the server sends HTML, and notifications would show it. */
function text_of(error) {
	const messages = error.messages?.length ? error.messages : [error.message];
	const parser = new DOMParser();
	return messages.map((html) => parser.parseFromString(html, "text/html").body.textContent).join(" ");
}
