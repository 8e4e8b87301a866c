// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.model.Json;
import io.dragoman.rules.RuleBook;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

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
