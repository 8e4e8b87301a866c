// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.teams;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.connector.kit.JsonFields;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.Reaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reactions to one of our messages; Teams names the classic ones by a word, others by their code point. */
final class Reactions {
    private static final Map<String, String> WORDS = Map.of(
            "like", "👍", "heart", "❤️", "laugh", "😆", "surprised", "😮", "sad", "🙁", "angry", "😠", "plusOne", "➕");
    /** Such as {@code 1f44b_wavinghand}. */
    private static final Pattern CODE = Pattern.compile("([0-9a-f]{4,5})_.*");

    private Reactions() {}

    static List<CustomerEvent> read(JsonFields activity, TeamsPlace place, String hash, Instant at)
            throws MalformedPayload {
        String message = place.id(activity.text("replyToId"));
        List<CustomerEvent> reactions = new ArrayList<>();
        for (String type : activity.words("reactionsAdded", "type")) {
            String key = "reaction:" + hash + ":" + reactions.size();
            reactions.add(new Reaction(key, place.address(), at, message, emoji(type)));
        }
        if (reactions.isEmpty()) {
            if (activity.words("reactionsRemoved", "type").isEmpty()) {
                throw new MalformedPayload("reactionsAdded and reactionsRemoved have no reaction");
            }
            reactions.add(new Reaction("reaction:" + hash, place.address(), at, message, ""));
        }
        return reactions;
    }

    private static String emoji(String type) {
        Matcher code = CODE.matcher(type);
        if (code.matches()) {
            int point = Integer.parseInt(code.group(1), 16);
            return Character.isDefined(point) && point >= 0x2000 && !isSurrogate(point)
                    ? Character.toString(point)
                    : type;
        }
        return WORDS.getOrDefault(type, ":" + type + ":");
    }

    private static boolean isSurrogate(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }
}
