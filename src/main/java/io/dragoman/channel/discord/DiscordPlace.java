// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.discord;

import io.dragoman.model.CustomerEvent.Sender;
import io.dragoman.model.CustomerEvent.Threading;
import io.dragoman.model.Identity;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where something was written, as text {@code channel}, {@code channel/user} or {@code @user}. In a server's channel, in
 * which many write, each person has a conversation of their own, and an answer begins with their mention. A thread is one
 * conversation, whoever writes in it.
 *
 * @param channel null where we have to open a direct channel first
 * @param user to whom an answer is addressed; null where the channel says it
 */
record DiscordPlace(@Nullable String channel, @Nullable String user) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,20})(?:/(\\d{1,20}))?|@(\\d{1,20})");

    static DiscordPlace direct(String channel) {
        return new DiscordPlace(channel, null);
    }

    /** A thread is a channel of its own. */
    static DiscordPlace thread(String channel) {
        return new DiscordPlace(channel, null);
    }

    static DiscordPlace shared(String channel, String user) {
        return new DiscordPlace(channel, user);
    }

    /** Of somebody whose direct channel is not known. */
    static DiscordPlace of(String user) {
        return new DiscordPlace(null, user);
    }

    static Optional<DiscordPlace> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        return Optional.of(form.group(3) == null ? new DiscordPlace(form.group(1), form.group(2)) : of(form.group(3)));
    }

    String text() {
        return channel == null ? "@" + user : user == null ? channel : channel + "/" + user;
    }

    /** Whoever wrote here. */
    Sender sender(String id, @Nullable String name, @Nullable String language) {
        return new Sender(text(), List.of(identity(id)), name, language);
    }

    static Identity identity(String user) {
        return new Identity("discord", user, true);
    }

    /**
     * What is written to the bot alone is one conversation with a person.
     *
     * @param server whether it is in a server, where others read along
     */
    Threading threading(boolean server) {
        return !server || channel == null ? Threading.NONE : new Threading(text(), null, List.of(), null);
    }

    @Override
    public String toString() {
        return "Place[…]";
    }
}
