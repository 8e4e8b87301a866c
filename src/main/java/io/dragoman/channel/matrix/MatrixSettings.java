// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.matrix;

import io.dragoman.connector.Account;
import io.dragoman.connector.Secret;
import io.dragoman.connector.Setting;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;

/** What can be configured of a Matrix account. */
final class MatrixSettings {
    private static final String SERVER = "(\\[[0-9A-Fa-f:.]{2,45}\\]|[A-Za-z0-9.-]{1,230})(:\\d{1,5})?";
    private static final String ONE = "(@[^\\s,:]{1,250}:)?" + SERVER;

    static final Setting<URI> BASE_URL = Setting.url(
                    "baseUrl",
                    "Where the homeserver's client API is: m.homeserver.base_url of"
                            + " https://DOMAIN/.well-known/matrix/client.")
            .need();
    static final Setting<Secret> ACCESS_TOKEN = Setting.secret(
                    "accessToken",
                    "The access token of the account that answers customers, of a device that nothing else uses.")
            .need();
    static final Setting<String> INVITES = Setting.text(
                    "invites",
                    "Whose invitations into rooms are accepted: all, none, or users such as @ana:example.org and"
                            + " servers such as example.org, separated by commas; others are declined.")
            .matching(
                    "\\s*" + ONE + "\\s*(,\\s*" + ONE + "\\s*){0,999}",
                    "must be all, none, or users and servers such as @ana:example.org, example.com")
            .need();
    static final Setting<String> ENCRYPTED_REPLY = Setting.text(
                    "encryptedReply",
                    "What is answered, once in a room, to a message that is encrypted end to end and cannot be read"
                            + " here; none answers nothing.")
            .or("This message is encrypted, and cannot be read here. Please write in a room without encryption.");

    static final Setting<Boolean> TYPING = Setting.flag(
                    "typing",
                    "Whether customers see that somebody is writing, for 30 seconds or until the answer, once their"
                            + " message was accepted.")
            .or("false");

    private MatrixSettings() {}

    /** Whether an invitation of this user is accepted. A server's name counts in whatever case. */
    static boolean invites(Account account, String user) {
        String server = server(user);
        return Arrays.stream(account.get(INVITES).split(","))
                .map(String::strip)
                .anyMatch(one -> one.equals("all") || one.equals(user) || one.equalsIgnoreCase(server));
    }

    private static String server(String user) {
        return user.substring(user.indexOf(':') + 1).toLowerCase(Locale.ROOT);
    }
}
