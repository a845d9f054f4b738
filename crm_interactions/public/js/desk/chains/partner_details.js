import { best_details } from "../../logic/partner_details";
import { as_typed } from "../../logic/stored_text";

/** Return a line with the partner's telephone number, e-mail address and postal address, as far as the form has them. */
export function partner_details(doc) {
	const { phone, email, person, address } = best_details(doc);
	const $line = $(`<div class="crm-partner-details"></div>`);
	if (person) $line.append($("<span></span>").text(as_typed(person)));
	if (phone) $line.append(link(phone, `tel:${phone.replace(/[^\d+*#]/g, "")}`));
	if (email) $line.append(link(email, `mailto:${email}`));
	if (address) $line.append($("<span></span>").text(as_typed(address)));
	return $line.children().length ? $line : $();
}

const link = (text, address) => $("<a></a>").attr("href", address).text(text);
