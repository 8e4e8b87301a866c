// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.xmpp;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.BareJid;
import org.jxmpp.jid.Jid;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.stringprep.XmppStringprepException;

/** Addresses, {@code local@domain/resource}, in the form in which they compare. */
final class Jids {
    private Jids() {}

    /** Without the resource; empty where it is no address. */
    static Optional<String> bare(@Nullable String text) {
        return parse(text).map(Jid::asBareJid).map(BareJid::toString);
    }

    /** The resource; empty where there is none. */
    static String resource(@Nullable String text) {
        return parse(text).map(Jid::getResourceOrNull).map(Object::toString).orElse("");
    }

    /** The server's part; empty where it is no address. */
    static String domain(String text) {
        return parse(text).map(jid -> jid.getDomain().toString()).orElse("");
    }

    static Optional<Jid> parse(@Nullable String text) {
        try {
            return text == null ? Optional.empty() : Optional.of(JidCreate.from(text));
        } catch (XmppStringprepException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
