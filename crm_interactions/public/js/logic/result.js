/** Result of a chain. Labels are English; callers translate them. */

const COLORS = {
	Won: "green",
	Resolved: "green",
	Lost: "red",
	"Not Resolved": "red",
	"No Decision": "gray",
};
// results of claims have no amount
const WITHOUT_AMOUNT = ["Resolved", "Not Resolved"];

export const result_color = (result) => COLORS[result] || "gray";

/** Return whether a dialog asks for the amount of a result. */
export const has_amount = (result) => Boolean(result) && !WITHOUT_AMOUNT.includes(result);

/** Return the arguments of a request that closes a chain; null for all values without a result. */
export function result_args({ result, result_amount, result_currency }) {
	const amount = has_amount(result) && Number(result_amount) ? Number(result_amount) : null;
	return {
		result: result || null,
		result_amount: amount,
		result_currency: amount ? result_currency || null : null,
	};
}
