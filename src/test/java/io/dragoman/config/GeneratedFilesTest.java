// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.channel.whatsapp.WhatsApp;
import io.dragoman.connector.Channel;
import io.dragoman.connector.Connector;
import io.dragoman.connector.Features;
import io.dragoman.connector.Limits;
import io.dragoman.connector.Profiled;
import io.dragoman.connector.WritesFirst;
import io.dragoman.model.Json;
import io.dragoman.rules.RuleBook;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The committed files are those that the settings in the code make. */
final class GeneratedFilesTest {
    @Test
    void referenceIsUpToDate() throws IOException {
        assertThat(Files.readString(Path.of("docs/configuration.md")))
                .as("docs/configuration.md is not what the settings say. Mend it with:"
                        + " ./dragoman connectors --docs > docs/configuration.md")
                .isEqualTo(Reference.of(Connectors.installed(), GatewaySettings.ALL, RuleBook.keys()));
    }

    @Test
    void channelPagesAreUpToDate() throws IOException {
        assertThat(Files.readString(Path.of("docs/channels.md")))
                .as("docs/channels.md is not what the connectors say of themselves. Mend it with:"
                        + " ./dragoman connectors --channels > docs/channels.md")
                .isEqualTo(ChannelPages.of(Connectors.installed()));
    }

    @Test
    void deskPagesAreUpToDate() throws IOException {
        assertThat(Files.readString(Path.of("docs/desks.md")))
                .as("docs/desks.md is not what desks say of themselves. Mend it with:"
                        + " ./dragoman connectors --desks > docs/desks.md")
                .isEqualTo(DeskPages.of(Connectors.installed()))
                .contains("| [zammad](#zammad) | webhook, poll | kept back |", "`<publicUrl>/desks/<id>`");
    }

    @Test
    void everyChannelSaysWhatAnOperatorNeedsToKnow() {
        assertThat(Connectors.installed()).filteredOn(Channel.class::isInstance).allSatisfy(channel -> {
            Features features = channel.features();
            assertThat(features.receives()).isNotEmpty();
            assertThat(features.sends()).isNotEmpty();
            assertThat(features.receipts().isEmpty()).isEqualTo(features.sendsNothing());
            assertThat(features.verification()).isNotEmpty();
            assertThat(features.missed()).isNotEmpty();
            assertThat(features.begins()).isNotEmpty();
            assertThat(features.begins().startsWith("nobody"))
                    .as("writes first")
                    .isNotEqualTo(channel instanceof WritesFirst);
            assertThat(features.setUp().isEmpty()).isEqualTo(channel instanceof Profiled);
        });
    }

    @Test
    void limitsOfEveryChannelAreData() throws IOException {
        for (Connector connector : Connectors.installed()) {
            Limits limits = ChannelPages.limits(connector).orElse(Limits.NONE);
            JsonNode json = Json.tree(Json.write(limits).getBytes(StandardCharsets.UTF_8));
            assertThat(json.path("text").asInt()).as(connector.kind()).isEqualTo(limits.text());
        }
        JsonNode whatsapp = Json.tree(
                Json.write(ChannelPages.limits(new WhatsApp()).orElseThrow()).getBytes(StandardCharsets.UTF_8));
        assertThat(whatsapp.path("replyWindow").asText()).isEqualTo("PT24H");
    }

    @Test
    void schemaIsUpToDate() throws IOException {
        assertThat(Files.readString(Path.of("config/dragoman.schema.json")))
                .as("config/dragoman.schema.json is not what the settings say. Mend it with:"
                        + " ./dragoman connectors --schema > config/dragoman.schema.json")
                .isEqualTo(JsonSchema.of(Connectors.installed(), GatewaySettings.ALL, RuleBook.keys()));
    }

    @Test
    void schemaKnowsEverySettingAtItsLevel() throws IOException {
        JsonNode schema = Json.tree(JsonSchema.of(TestConnector.ALL, GatewaySettings.ALL, RuleBook.keys())
                .getBytes(StandardCharsets.UTF_8));
        JsonNode parrot = schema.at("/definitions/channel-parrot");
        assertThat(parrot.at("/properties/cage/required").toString()).isEqualTo("[\"host\",\"key\"]");
        assertThat(parrot.at("/required").toString()).isEqualTo("[\"kind\",\"token\"]");
        assertThat(parrot.at("/properties/mode/anyOf/0/enum").toString()).isEqualTo("[\"webhook\",\"long-poll\"]");
        assertThat(schema.at("/properties/http/properties/port/description").asText())
                .isEqualTo("Number of the public port.");
        assertThat(schema.at("/properties/rules/items/properties/when/properties/hours/anyOf/1/$ref")
                        .asText())
                .isEqualTo("#/definitions/opening");
        assertThat(schema.at("/properties/desks/additionalProperties/properties/kind/enum")
                        .toString())
                .isEqualTo("[\"local\",\"hook\"]");
    }

    /** An editor completes and checks an account by its profile: its settings, which must be there, and no others. */
    @Test
    void schemaKnowsTheSettingsOfEachProfile(@TempDir Path home) throws IOException {
        Files.createDirectories(home.resolve("profiles"));
        Files.writeString(home.resolve("profiles/acme.yaml"), """
                name: Acme
                description: SMS through Acme.
                settings:
                  token: {type: secret, about: "The token, from the console.", required: true}
                  baseUrl: {type: url, about: "Where Acme's API is.", default: "https://acme.example"}
                send:
                  text: {path: /send, json: "{'text': text}"}
                """);
        Files.writeString(home.resolve("profiles/broken.yaml"), "name: Broken\n");
        JsonNode schema = Json.tree(JsonSchema.of(Connectors.installed(), GatewaySettings.ALL, RuleBook.keys(), home)
                .getBytes(StandardCharsets.UTF_8));
        JsonNode kind = schema.at("/definitions/channel-http");
        assertThat(kind.at("/properties/profile/anyOf/0/enum").toString())
                .contains("\"acme\"", "\"telnyx\"")
                .doesNotContain("broken", "zammad");
        assertThat(kind.path("allOf")).anySatisfy(choice -> assertThat(choice.toString())
                .isEqualTo("{\"if\":{\"properties\":{\"profile\":{\"enum\":[\"acme\",\"acme.yaml\"]}},\"required\":"
                        + "[\"profile\"]},\"then\":{\"$ref\":\"#/definitions/channel-http-acme\"}}"));
        JsonNode acme = schema.at("/definitions/channel-http-acme");
        assertThat(acme.path("additionalProperties").asBoolean(true)).isFalse();
        assertThat(acme.path("required").toString()).isEqualTo("[\"token\"]");
        assertThat(acme.path("properties").fieldNames())
                .toIterable()
                .contains(
                        "kind", "enabled", "insecure", "tls", "profile", "token", "baseUrl", "country", "onUncertain");
        assertThat(schema.at("/definitions/desk-http-helpscout/required").toString())
                .contains("appSecret");
    }

    @Test
    void referenceNamesTheSettingsOfEachProfile() {
        assertThat(Reference.of(Connectors.installed(), GatewaySettings.ALL, RuleBook.keys()))
                .contains(
                        "#### `profile: telnyx`", "| `appSecret` | secret | **required** |", "#### `profile: zammad`");
    }

    @Test
    void referenceNamesEverySettingAndKey() {
        String page = Reference.of(TestConnector.ALL, GatewaySettings.ALL, RuleBook.keys());
        TestConnector.PARROT.settings().forEach(setting -> assertThat(page).contains("| `" + setting.name() + "` |"));
        GatewaySettings.ALL.forEach(setting -> assertThat(page).contains("| `" + setting.name() + "` |"));
        assertThat(page)
                .contains(
                        "| `token` | secret | **required** |",
                        "| **required** with `cage` |",
                        "`rules[].when.text`",
                        "`hours.<name>.zone`",
                        "| `any` |");
        assertThat(List.of(page.split("\n", -1))).noneMatch(line -> line.contains("null"));
    }
}
