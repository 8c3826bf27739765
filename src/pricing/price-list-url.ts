/** Where genai-prices publishes its list (REMOTE_DATA_JSON_URL of the package, which is not loaded to name it). */
export const PRICE_LIST_URL =
  'https://raw.githubusercontent.com/pydantic/genai-prices/main/prices/new_data/v2/data.json';
