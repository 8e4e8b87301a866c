// SPDX-License-Identifier: Apache-2.0
package io.dragoman.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.connector.Connector;
import io.dragoman.connector.InvalidProfile;
import io.dragoman.connector.Profiled;
import io.dragoman.connector.Setting;
import java.nio.file.Path;
import java.util.List;

/** What the JSON schema says of accounts whose kind has profiles: with a profile that is known, its settings alone. */
final class ProfileSchema {
    private static final JsonNodeFactory NEW = JsonNodeFactory.instance;

    private ProfileSchema() {}

    /**
     * Adds a definition for each profile, and to that of the kind when which of them counts.
     *
     * @param name of the definition of the kind
     * @param home below which the operator's own profiles are; one that is no good is left out
     */
    static void add(
            ObjectNode kind, ObjectNode definitions, String name, AccountFile file, Profiled profiled, Path home) {
        ArrayNode names = NEW.arrayNode();
        ArrayNode choices = NEW.arrayNode();
        for (String profile : profiled.profiles(home)) {
            try {
                Connector connector = profiled.profile(profile, home);
                definitions.set(name + "-" + profile, definition(file, connector));
                names.add(profile);
                choice(choices.addObject(), profile, name);
            } catch (InvalidProfile e) {
                // ./dragoman profile test says why
            }
        }
        ObjectNode setting = (ObjectNode) kind.path("properties").path(Profiled.SETTING);
        setting.remove("type");
        ArrayNode forms = setting.putArray("anyOf");
        forms.addObject().set("enum", names);
        forms.addObject().put("type", "string"); // one of the operator's own
        kind.set("allOf", choices);
    }

    private static void choice(ObjectNode choice, String profile, String name) {
        ObjectNode condition = choice.putObject("if");
        condition
                .putObject("properties")
                .putObject(Profiled.SETTING)
                .putArray("enum")
                .add(profile)
                .add(profile + ".yaml");
        condition.putArray("required").add(Profiled.SETTING);
        choice.putObject("then").put("$ref", "#/definitions/" + name + "-" + profile);
    }

    /** The settings of a profile; those that every account has the kind describes. */
    private static ObjectNode definition(AccountFile file, Connector connector) {
        ObjectNode definition = NEW.objectNode().put("description", connector.description());
        List<Setting<?>> own = connector.settings().stream()
                .filter(setting -> !setting.name().equals(Profiled.SETTING))
                .toList();
        JsonSchema.fill(definition, own);
        ObjectNode properties = (ObjectNode) definition.path("properties");
        properties.put(Profiled.SETTING, true);
        AccountReader.common(file)
                .forEach(setting -> properties.put(setting.name().replaceFirst("\\..*", ""), true));
        return definition;
    }
}
