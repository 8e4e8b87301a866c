// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.xmpp;

import java.util.Map;
import org.jivesoftware.smack.packet.IQ;
import org.jspecify.annotations.Nullable;

/** A query with one element, as the standards write it. */
final class RawIq extends IQ {
    private final Map<String, String> attributes;
    private final String inner;

    private RawIq(
            Type type,
            @Nullable String to,
            String name,
            String namespace,
            Map<String, String> attributes,
            String inner) {
        super(name, namespace);
        this.attributes = attributes;
        this.inner = inner;
        setType(type);
        if (to != null) {
            setTo(Jids.parse(to).orElseThrow());
        }
    }

    static RawIq get(@Nullable String to, String name, String namespace, Map<String, String> attributes) {
        return new RawIq(Type.get, to, name, namespace, attributes, "");
    }

    /** @param inner XML */
    static RawIq set(String name, String namespace, Map<String, String> attributes, String inner) {
        return set(null, name, namespace, attributes, inner);
    }

    static RawIq set(@Nullable String to, String name, String namespace, Map<String, String> attributes, String inner) {
        return new RawIq(Type.set, to, name, namespace, attributes, inner);
    }

    @Override
    protected IQChildElementXmlStringBuilder getIQChildElementBuilder(IQChildElementXmlStringBuilder xml) {
        attributes.forEach(xml::attribute);
        if (inner.isEmpty()) {
            xml.setEmptyElement();
        } else {
            xml.rightAngleBracket();
            xml.append(inner);
        }
        return xml;
    }
}
