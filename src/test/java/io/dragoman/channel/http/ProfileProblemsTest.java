// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dragoman.connector.InvalidProfile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong in a profile is told with its place, what was expected, and what to do; all of it at once. */
final class ProfileProblemsTest {
    private static final String GOOD = """
            name: Acme
            description: SMS through Acme.
            settings:
              apiKey: {type: secret, about: "The API key, from the console.", required: true}
              webhookSecret: {type: secret, about: "The secret that signs webhooks.", verifies: true}
              baseUrl: {type: url, about: "Where the API of Acme is.", default: "https://api.acme.example"}
              sender: {type: text, about: "The name that messages come from.", default: Acme}
            receive:
              verify:
                hmac: {header: X-Signature, setting: webhookSecret, sign: "{header:X-Time}.{body}", timestamp: X-Time}
              message:
                id: id
                from: from
                text: text
              receipt:
                when: $exists(status)
                id: id
                status: status
                statuses: {delivered: [ok], failed: [bad]}
            send:
              auth: {bearer: apiKey}
              text:
                path: /send
                json: |
                  {"to": to,
                   "text": text}
              answer: {id: id, code: code}
            errors:
              refused: {recipient-unknown: ["1"]}
              retry: {throttled: ["2"]}
            limits: {text: 160, media: {}}
            """;

    @Test
    void aGoodOneShouldHaveNone() throws Exception {
        assertThat(Profiles.of(GOOD.replace(", media: {}", "")).settings())
                .extracting(setting -> setting.name())
                .containsExactly("profile", "apiKey", "webhookSecret", "baseUrl", "sender", "country", "onUncertain");
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake(
                        "limits: {",
                        "lookUp: {found: a, attributes: a}\nlimits: {",
                        "lookUp has neither email: nor phone:"),
                mistake(
                        "limits: {",
                        "lookUp: {email: {path: /x}, attributes: a}\nlimits: {",
                        "lookUp.found is missing. It says whether the answer knows the customer."),
                mistake(
                        "limits: {",
                        "lookUp: {email: {path: /x}, found: a}\nlimits: {",
                        "lookUp has neither attributes: nor orders:"),
                mistake(
                        "limits: {",
                        "lookUp: {email: {path: /x}, found: a, orders: {each: a, id: b}}\nlimits: {",
                        "lookUp.orders.number is missing. It finds that of the order."),
                mistake("  receipt:\n", "  order: {id: a}\n  receipt:\n", "receive.order.changedAt is missing."),
                mistake("  receipt:\n", "  forget: {mail: a}\n  receipt:\n", "receive.forget.mail is not a known key."),
                mistake(
                        "setting: webhookSecret",
                        "setting: [sender, webhookSecret]",
                        "names sender first, which must have verifies: true."),
                mistake("name: Acme\n", "", "1:1 name is missing."),
                mistake("through Acme.", "through Acme", "2:14 description must be a sentence"),
                mistake(
                        "apiKey: {type: secret",
                        "apiKey: {type: secrt",
                        "settings.apiKey.type is 'secrt'. Did you mean"),
                mistake(
                        "apiKey: {type: secret",
                        "apiKey: {type: text",
                        "4:11 settings.apiKey has the name of a secret"),
                mistake(", verifies: true", "", "receive.verify.hmac.setting names webhookSecret, without which"),
                mistake("setting: webhookSecret", "setting: webhokSecret", "Did you mean 'webhookSecret'?"),
                mistake("hmac: {header", "hmc: {header", "receive.verify.hmc is not a known key. Did you mean 'hmac'?"),
                mistake("{header:X-Time}.{body}", "{body}", "receive.verify.hmac.timestamp is not in sign:"),
                mistake("{header:X-Time}.{body}", "{bdy}", "has a placeholder that is not known"),
                mistake("    from: from\n", "", "11:3 receive.message.from is missing. It finds who wrote."),
                mistake("text: text\n  receipt", "text: $lowcas(text)\n  receipt", "14:11 receive.message.text calls"),
                mistake(
                        "{delivered: [ok], ",
                        "{deliverd: [ok], ",
                        "receive.receipt.statuses.deliverd is no status of ours"),
                mistake("failed: [bad]", "failed: [ok]", "has the word ok, which stands here twice"),
                mistake(
                        "   \"text\": text}",
                        "   \"text\": $txt(text)}",
                        "26:16 send.text.json calls what is no function"),
                mistake("   \"text\": text}", "   \"text\": text", "send.text.json is not JSONata"),
                mistake("bearer: apiKey", "bearer: apKey", "send.auth.bearer names the setting 'apKey'"),
                mistake(
                        "{bearer: apiKey}",
                        "{bearer: apiKey, oauth: {tokenUrl: baseUrl, clientId: sender, clientSecret: apiKey}}",
                        "send.auth has bearer: and oauth:, and each makes the header Authorization. Keep one"),
                mistake(
                        "{bearer: apiKey}",
                        "{oauth: {tokenUrl: baseUrl, clientId: sendr, clientSecret: apiKey}}",
                        "send.auth.oauth.clientId names the setting 'sendr', which there is not. Did you mean 'sender'?"),
                mistake(
                        "{bearer: apiKey}",
                        "{oauth: {tokenUrl: baseUrl, clientId: sender, clientSecret: webhookSecret}}",
                        "send.auth.oauth.clientSecret names webhookSecret, which an account may lack. Give that setting"),
                mistake(
                        "{bearer: apiKey}",
                        "{oauth: {tokenUrl: baseUrl, clientId: sender, clientSecret: apiKey}, headers: {authorization: x}}",
                        "send.auth.headers has Authorization, which oauth: makes."),
                mistake(
                        "{bearer: apiKey}",
                        "{oauth: {tokenUrl: apiKey, clientId: sender, clientSecret: apiKey}}",
                        "send.auth.oauth.tokenUrl names apiKey, which must have type: url."),
                mistake(
                        "{bearer: apiKey}",
                        "{oauth: {tokenUrl: baseUrl, clientId: sender, clientSecret: apiKey, scop: x}}",
                        "send.auth.oauth.scop is not a known key. Did you mean 'scope'?"),
                mistake(
                        "hmac: {header: X-Signature, setting: webhookSecret, sign: \"{header:X-Time}.{body}\", timestamp: X-Time}",
                        "jwt: {header: Authorization}",
                        "receive.verify.jwt must have setting:, with the secret or the keys, or keySet:"),
                mistake(
                        "hmac: {header: X-Signature, setting: webhookSecret, sign: \"{header:X-Time}.{body}\", timestamp: X-Time}",
                        "jwt: {header: Authorization, keySet: baseUrl, audience: a}",
                        "receive.verify.jwt.issuer is missing. It is what the token must have as iss"),
                mistake(
                        "hmac: {header: X-Signature, setting: webhookSecret, sign: \"{header:X-Time}.{body}\", timestamp: X-Time}",
                        "jwt: {header: Authorization, keySet: baseUrl, issuer: a, audience: a, algorithm: HS256}",
                        "receive.verify.jwt.algorithm is 'HS256'."),
                mistake(
                        "hmac: {header: X-Signature, setting: webhookSecret, sign: \"{header:X-Time}.{body}\", timestamp: X-Time}",
                        "jwt: {header: Authorization, keySet: sender, issuer: a, audience: a}",
                        "receive.verify.jwt.keySet names sender, which must have type: url."),
                mistake(
                        "hmac: {header: X-Signature, setting: webhookSecret, sign: \"{header:X-Time}.{body}\", timestamp: X-Time}",
                        "jwt: {header: Authorization, setting: webhookSecret, issuer: a}",
                        "receive.verify.jwt.issuer belongs to keySet:"),
                mistake(
                        "hmac: {header: X-Signature, setting: webhookSecret, sign: \"{header:X-Time}.{body}\", timestamp: X-Time}",
                        "jwt: {header: Authorization, setting: webhookSecret, encoding: hex}",
                        "receive.verify.jwt.encoding says how bodyHash: is written"),
                mistake(
                        "hmac: {header: X-Signature, setting: webhookSecret, sign: \"{header:X-Time}.{body}\", timestamp: X-Time}",
                        "jwt: {header: Authorization, setting: webhookSecret, bodyHsh: a}",
                        "receive.verify.jwt.bodyHsh is not a known key. Did you mean 'bodyHash'?"),
                mistake(
                        "path: /send",
                        "path: /send\n    multipart: \"{}\"",
                        "send.text has several bodies. Keep one of json, form, multipart, xml and text."),
                mistake(
                        "json: |\n      {\"to\": to,\n       \"text\": text}",
                        "multipart: \"{}\"",
                        "send.text.file is missing. It is the name of the field that holds the file."),
                mistake(
                        "json: |\n      {\"to\": to,\n       \"text\": text}",
                        "multipart: \"{}\"\n    file: f",
                        "send.text.multipart sends a file, which media: alone has."),
                mistake(
                        "json: |\n      {\"to\": to,\n       \"text\": text}",
                        "form: \"{'x': media.base64}\"",
                        "send.text.form has media.base64, which can stand in json: alone."),
                mistake(
                        "path: /send",
                        "path: /send\n    file: f",
                        "send.text.file names the field of a file, which only"),
                mistake(
                        "limits: {text: 160",
                        "limits: {choices: {buttons: 3, text: 99, title: 20}, text: 160",
                        "limits.choices is there, but send.choices is not, so they go as a list."),
                mistake(
                        "  answer: {id",
                        "  choices: {path: /ask, json: choices}\n  answer: {id",
                        "send.choices is there, but limits.choices is not: with it they go as buttons"),
                mistake(
                        "limits: {text: 160",
                        "limits: {choices: {butons: 3}, text: 160",
                        "limits.choices.butons is not a known key. Did you mean 'buttons'?"),
                mistake(
                        "limits: {text: 160",
                        "limits: {choices: {title: 3}, text: 160",
                        "limits.choices has neither buttons:"),
                mistake("path: /send", "path: \"https://evil.example/send\"", "send.text.path must begin with a slash"),
                mistake("path: /send", "path: \"{to}/send\"", "send.text.path must begin with a slash"),
                mistake("path: /send", "path: /send/{to", "has { without its }"),
                mistake(
                        "recipient-unknown",
                        "recipient-unknwn",
                        "is no reason of ours. Did you mean 'recipient-unknown'?"),
                mistake("throttled: [\"2\"]", "throttled: [\"1\"]", "has the code 1, which stands here twice"),
                mistake(
                        "text: 160",
                        "text: many",
                        "limits.text is 'many' but must be a whole number from 0 to 999999."),
                mistake("text: 160", "text: -1", "limits.text is '-1' but must be a whole number from 0 to 999999."),
                mistake("media: {}", "media: {image: {largest: big}}", "must be a size such as 512 KB"),
                mistake("  baseUrl", "  webhookUrl", "has a name that every channel's own setting has"),
                mistake("receive:", "recieve:", "recieve is not a known key. Did you mean 'receive'?"));
    }

    private static Arguments mistake(String right, String wrong, String problem) {
        return Arguments.of(right, wrong, problem);
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeShouldBeToldWithItsPlace(String right, String wrong, String problem) {
        assertThat(GOOD).contains(right);
        assertThat(problems(GOOD.replace(right, wrong)))
                .anySatisfy(line ->
                        assertThat(line).startsWith("profiles/acme.yaml").contains(problem));
    }

    @Test
    void allMistakesShouldBeToldAtOnce() {
        String bad = GOOD.replace("    from: from\n", "")
                .replace("bearer: apiKey", "bearer: apKey")
                .replace("text: 160", "text: many");
        assertThat(problems(bad)).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void whatReceivesUncheckedShouldBeRefused() {
        String open = GOOD.replaceAll("(?s)  verify:.*?\n  message", "  message");
        assertThat(problems(open)).anyMatch(line -> line.contains("has no verify:, so that anybody could write"));
    }

    @Test
    void whatIsNoProfileAtAllShouldBeTold(@TempDir Path home) throws Exception {
        assertThat(problems(""))
                .containsExactly(
                        "profiles/acme.yaml is empty. docs/profiles.md shows a profile from its first line on.");
        assertThat(problems("- a\n")).isNotEmpty();
        HttpChannel channel = new HttpChannel();
        for (String name : List.of("telnix", "../secret", "", "A", "a/b")) {
            InvalidProfile invalid = catchThrowableOfType(InvalidProfile.class, () -> channel.profile(name, home));
            assertThat(invalid.faults()).as(name).singleElement().satisfies(fault -> assertThat(fault.toString())
                    .contains("Known: "));
        }
        Files.createDirectories(home.resolve("profiles"));
        Files.writeString(home.resolve("profiles/telnyx.yaml"), GOOD.replace(", media: {}", ""));
        assertThat(channel.profile("telnyx", home).description())
                .as("the operator's own goes before one that is shipped")
                .isEqualTo("SMS through Acme.");
        assertThat(channel.profile("telnyx.yaml", home).description()).isEqualTo("SMS through Acme.");
    }

    private static List<String> problems(String yaml) {
        InvalidProfile invalid = catchThrowableOfType(InvalidProfile.class, () -> Profiles.of(yaml));
        assertThat(invalid).as("a problem").isNotNull();
        return invalid.faults().stream().map(Object::toString).toList();
    }
}
