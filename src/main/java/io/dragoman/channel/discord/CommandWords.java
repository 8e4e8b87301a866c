// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.discord;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.connector.kit.PartList;
import io.dragoman.model.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What somebody wrote in a command, as they saw it. */
record CommandWords(JsonFields data) {
    private static final int PERSON = 2;
    private static final int MESSAGE = 3;
    /** The depth of a command in a group of commands. */
    private static final int DEEPEST = 3;

    private static final int PART_OF_GROUP = 1;
    private static final int GROUP = 2;
    private static final int USER_OPTION = 6;
    private static final int MENTIONABLE_OPTION = 9;
    private static final int FILE_OPTION = 11;

    List<Part> parts() throws MalformedPayload {
        int type = data.node().path("type").asInt(1);
        String name = data.text("name");
        PartList parts = new PartList();
        if (type == MESSAGE) {
            JsonFields target = resolved("messages", String.valueOf(data.word("target_id")));
            return Stream.concat(parts.text(name).parts().stream(), DiscordContent.of(target).stream())
                    .toList();
        }
        if (type == PERSON) {
            String person = DiscordText.name(resolved("users", String.valueOf(data.word("target_id"))));
            return parts.text(person == null ? name : name + ": @" + person).parts();
        }
        List<String> words = new ArrayList<>(List.of("/" + name));
        List<JsonFields> files = new ArrayList<>();
        options(data, words, files, 0);
        parts.text(String.join(" ", words));
        files.forEach(file -> DiscordContent.attachment(file, parts));
        return parts.parts();
    }

    /** The value alone of an only option; else each with its name. */
    private void options(JsonFields holder, List<String> words, List<JsonFields> files, int depth) {
        List<JsonFields> options = holder.each("options");
        for (JsonFields option : options) {
            int type = option.node().path("type").asInt(0);
            String name = option.word("name");
            if (type == GROUP || type == PART_OF_GROUP) {
                words.add(String.valueOf(name));
                if (depth < DEEPEST) {
                    options(option, words, files, depth + 1);
                }
            } else if (type == FILE_OPTION) {
                files.add(resolved("attachments", String.valueOf(option.word("value"))));
            } else {
                String value = value(option, type);
                words.add(options.size() == 1 ? value : name + ":" + value);
            }
        }
    }

    private String value(JsonFields option, int type) {
        String value = option.node().path("value").isBoolean()
                ? option.node().path("value").asText()
                : String.valueOf(option.word("value"));
        String person =
                type == USER_OPTION || type == MENTIONABLE_OPTION ? DiscordText.name(resolved("users", value)) : null;
        return person == null ? value : "@" + person;
    }

    private JsonFields resolved(String what, String id) {
        return data.inner("resolved").inner(what).inner(id);
    }
}
