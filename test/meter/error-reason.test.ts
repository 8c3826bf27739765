import { describe, expect, it } from 'vitest';
import { safeReason, safeType } from '../../src/meter/error-reason.js';

describe('what is kept of a provider’s message', () => {
  it.each([
    // As they come from the providers.
    ["This model's maximum context length is 128000 tokens. However, your messages resulted in 140000 tokens."],
    ['The model `gpt-5.4-foo` does not exist or you do not have access to it.'],
    ["Invalid type for 'messages[0].content[1].image_url': expected an object, but got a string instead."],
    ['messages.1: `tool_use` ids were found without `tool_result` blocks immediately after: toolu_01A.'],
    ["Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."],
    ['prompt is too long: 210000 tokens > 200000 maximum'],
    ['Overloaded'],
  ])('is all of it where nothing is the caller’s: %s', (message) => {
    expect(safeReason(message)).toBe(message);
  });

  it.each([
    ["Invalid value: 'hunter2'. Supported values are: 'auto'.", "Invalid value: …. Supported values are: 'auto'."],
    ['Invalid schema for function "get_secret": no', 'Invalid schema for function …: no'],
    ["don't quote 'it's a secret' here", "don't quote … here"],
    ['Could not parse {"secret": "x"} as arguments', 'Could not parse …'],
    ['Invalid list ["a", "b"]', 'Invalid list …'],
    ['prompt: "a quotation that the provider cut', 'prompt: …'],
    ['the text “in other quotes” and «these» and `these`', 'the text … and … and …'],
    ['Error while downloading https://example.com/secret.png?x=1.', 'Error while downloading [link]'],
    ['Invalid image data:image/png;base64,AAAA', 'Invalid image [data]'],
    ['Incorrect API key provided: sk-abcdef123456. See help.', 'Incorrect API key provided: [key] See help.'],
    ['Bad eyJhbGciOiJIUzI1NiJ9.e30.x', 'Bad [key]'],
    [`Bad ${'a1'.repeat(30)} value`, 'Bad […] value'],
    ['Write to jane.doe@example.com now', 'Write to [address] now'],
    ['[type=string_type, input_value=hello world]', undefined],
    ['Input should be valid input_value=hello world', 'Input should be valid'],
    ['first line\nthe caller said: something', 'first line'],
    ['tab\tand\u0007bell\u202e', 'tab and bell'],
    ['', undefined],
    ['  "all of it"  ', undefined],
  ])('is not what may be the caller’s: %s', (message, reason) => {
    expect(safeReason(message)).toBe(reason);
  });

  it('is short', () => {
    expect(safeReason('word '.repeat(1000))).toHaveLength(200);
  });
});

describe('an error’s type', () => {
  it.each([
    ['rate_limit_exceeded', 'rate_limit_exceeded'],
    ['DeploymentNotFound', 'deployment_not_found'],
    ['Weird code!', 'weird_code_'],
    ['x'.repeat(100), 'x'.repeat(60)],
  ])('%s is %s', (name, type) => {
    expect(safeType(name)).toBe(type);
  });
});
