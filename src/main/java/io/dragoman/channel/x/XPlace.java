// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.x;

import io.dragoman.connector.MalformedPayload;
import io.dragoman.model.CustomerEvent;
import io.dragoman.model.CustomerEvent.Threading;
import io.dragoman.model.Identity;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a conversation is: {@code 222} with one person, {@code group:333} with several, {@code public:444} below a post
 * that everybody sees.
 *
 * @param id of the person, of the group or of the post at which the public conversation began
 */
record XPlace(Kind kind, String id) {
    private static final String GROUP = "group:";
    private static final String PUBLIC = "public:";

    enum Kind {
        DIRECT,
        GROUP,
        PUBLIC
    }

    static XPlace direct(String user) {
        return new XPlace(Kind.DIRECT, user);
    }

    static XPlace post(String root) {
        return new XPlace(Kind.PUBLIC, root);
    }

    /** Of a direct message; the id of a conversation of two is both their ids. */
    static XPlace of(@Nullable String conversation, String sender) {
        return conversation != null && XId.is(conversation) ? new XPlace(Kind.GROUP, conversation) : direct(sender);
    }

    static Optional<XPlace> parse(String address) {
        Kind kind = address.startsWith(GROUP) ? Kind.GROUP : isPublic(address) ? Kind.PUBLIC : Kind.DIRECT;
        String id = kind == Kind.DIRECT ? address : address.substring(address.indexOf(':') + 1);
        return XId.is(id) ? Optional.of(new XPlace(kind, id)) : Optional.empty();
    }

    static boolean isPublic(String address) {
        return address.startsWith(PUBLIC);
    }

    String address() {
        return switch (kind) {
            case DIRECT -> id;
            case GROUP -> GROUP + id;
            case PUBLIC -> PUBLIC + id;
        };
    }

    CustomerEvent.Sender sender(String user, @Nullable String name) {
        return sender(user, name, null);
    }

    /** The same from a country, in two capital letters. */
    CustomerEvent.Sender sender(String user, @Nullable String name, @Nullable String country) {
        return new CustomerEvent.Sender(address(), List.of(identity(user)), name, null, country);
    }

    /** How the person is known in every place. */
    static Identity identity(String user) {
        return new Identity("x", user, true);
    }

    Threading threading() {
        return kind == Kind.DIRECT ? Threading.NONE : new Threading(address(), null, List.of(), null);
    }

    /** Who can be written to first. */
    static CustomerEvent.Sender recipient(String address) throws MalformedPayload {
        String id = address.strip();
        if (!XId.is(id)) {
            throw new MalformedPayload("must be a person's user id on X, a number such as 2244994945");
        }
        return direct(id).sender(id, null);
    }

    @Override
    public String toString() {
        return "XPlace[" + kind + "]";
    }
}
