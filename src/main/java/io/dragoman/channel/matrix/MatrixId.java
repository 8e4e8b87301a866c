// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.matrix;

import io.dragoman.model.CustomerEvent.Sender;
import io.dragoman.model.Identity;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The ids of Matrix, at most 255 bytes each and opaque: since room version 12 the id of a room names no server. An address
 * is a room, or a user with whom there is no room yet.
 */
final class MatrixId {
    private static final int LONGEST = 255;
    private static final Pattern USER = Pattern.compile("@[^\\s:/]*:[A-Za-z0-9.:\\[\\]-]+");

    private MatrixId() {}

    static boolean isUser(String text) {
        return fits(text) && USER.matcher(text).matches();
    }

    static boolean isRoom(String text) {
        return fits(text) && text.startsWith("!") && text.length() > 1;
    }

    /** Of an event. */
    static boolean isEvent(String text) {
        return fits(text) && text.startsWith("$") && text.length() > 1;
    }

    private static boolean fits(String text) {
        return text.length() <= LONGEST
                && text.getBytes(StandardCharsets.UTF_8).length <= LONGEST
                && text.chars().noneMatch(c -> Character.isISOControl(c) || Character.isWhitespace(c));
    }

    /** Of a user. */
    static String server(String user) {
        return user.substring(user.indexOf(':') + 1);
    }

    /** As one element of a path. */
    static String inPath(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Whoever wrote in a room. */
    static Sender sender(String address, String user, @Nullable String name) {
        return new Sender(address, List.of(identity(user)), name, null);
    }

    static Identity identity(String user) {
        return new Identity("matrix", user, true);
    }
}
