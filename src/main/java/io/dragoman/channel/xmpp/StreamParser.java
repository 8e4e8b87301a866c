// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.xmpp;

import com.google.auto.service.AutoService;
import java.io.Reader;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jivesoftware.smack.xml.XmlPullParser;
import org.jivesoftware.smack.xml.XmlPullParserException;
import org.jivesoftware.smack.xml.XmlPullParserFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reads XML for Smack with the JDK's parser, whatever others are on the class path. It knows no document type
 * (RFC 6120, 11.1), and no limits of its own: one that ends the stream could be reached by whoever writes to us, each time
 * the server brings their message again. For one thread.
 */
final class StreamParser implements XmlPullParser {
    private static final XMLInputFactory FACTORY = factory();

    private final XMLStreamReader reader;
    private int depth;
    private boolean leaves;

    private StreamParser(XMLStreamReader reader) {
        this.reader = reader;
    }

    /** How Smack finds it. */
    @AutoService(XmlPullParserFactory.class)
    public static final class Maker implements XmlPullParserFactory {
        @Override
        public XmlPullParser newXmlPullParser(Reader source) throws XmlPullParserException {
            try {
                return new StreamParser(FACTORY.createXMLStreamReader(source));
            } catch (XMLStreamException e) {
                throw new XmlPullParserException(e);
            }
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        for (String limit :
                new String[] {"maxElementDepth", "elementAttributeLimit", "maxXMLNameLimit", "totalEntitySizeLimit"}) {
            String none = String.valueOf(Integer.MAX_VALUE); // 0 is no limit for some, and the least for others
            factory.setProperty("http://www.oracle.com/xml/jaxp/properties/" + limit, none);
        }
        return factory;
    }

    @Override
    public Event next() throws XmlPullParserException {
        depth -= leaves ? 1 : 0; // at an end tag the depth is that of its element
        leaves = false;
        try {
            reader.next();
        } catch (XMLStreamException e) {
            throw new XmlPullParserException(e);
        }
        if (reader.getEventType() == XMLStreamConstants.DTD
                || reader.getEventType() == XMLStreamConstants.ENTITY_REFERENCE) {
            throw new XmlPullParserException(
                    "a stream has no document type and no entities of its own"); // RFC 6120, 11.1
        }
        Event event = getEventType();
        depth += event == Event.START_ELEMENT ? 1 : 0;
        leaves = event == Event.END_ELEMENT;
        return event;
    }

    @Override
    public Event getEventType() {
        return switch (reader.getEventType()) {
            case XMLStreamConstants.START_DOCUMENT -> Event.START_DOCUMENT;
            case XMLStreamConstants.END_DOCUMENT -> Event.END_DOCUMENT;
            case XMLStreamConstants.START_ELEMENT -> Event.START_ELEMENT;
            case XMLStreamConstants.END_ELEMENT -> Event.END_ELEMENT;
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> Event.TEXT_CHARACTERS;
            case XMLStreamConstants.SPACE -> Event.IGNORABLE_WHITESPACE;
            case XMLStreamConstants.PROCESSING_INSTRUCTION -> Event.PROCESSING_INSTRUCTION;
            case XMLStreamConstants.COMMENT -> Event.COMMENT;
            default -> Event.OTHER;
        };
    }

    @Override
    public String nextText() throws XmlPullParserException {
        try {
            String text = reader.getElementText();
            leaves = true;
            return text;
        } catch (XMLStreamException e) {
            throw new XmlPullParserException(e);
        }
    }

    @Override
    public TagEvent nextTag() throws XmlPullParserException {
        Event event = next();
        while ((event == Event.TEXT_CHARACTERS && isWhiteSpace()) || event == Event.IGNORABLE_WHITESPACE) {
            event = next();
        }
        if (event != Event.START_ELEMENT && event != Event.END_ELEMENT) {
            throw new XmlPullParserException("a tag was expected");
        }
        return event == Event.START_ELEMENT ? TagEvent.START_ELEMENT : TagEvent.END_ELEMENT;
    }

    @Override
    public int getDepth() {
        return depth;
    }

    @Override
    public boolean isWhiteSpace() {
        return reader.isWhiteSpace();
    }

    @Override
    public String getText() {
        return reader.getText();
    }

    @Override
    public @Nullable String getNamespace() {
        return reader.getNamespaceURI();
    }

    @Override
    public String getName() {
        return reader.getLocalName();
    }

    @Override
    public QName getQName() {
        return reader.getName();
    }

    @Override
    public String getPrefix() {
        return reader.getPrefix();
    }

    @Override
    public int getNamespaceCount() {
        return reader.getNamespaceCount();
    }

    @Override
    public @Nullable String getNamespacePrefix(int index) {
        return reader.getNamespacePrefix(index);
    }

    @Override
    public String getNamespaceUri(int index) {
        return reader.getNamespaceURI(index);
    }

    @Override
    public @Nullable String getNamespace(@Nullable String prefix) {
        return reader.getNamespaceURI(prefix == null ? "" : prefix);
    }

    @Override
    public int getAttributeCount() {
        return reader.getAttributeCount();
    }

    @Override
    public @Nullable String getAttributeNamespace(int index) {
        return reader.getAttributeNamespace(index);
    }

    @Override
    public String getAttributeName(int index) {
        return reader.getAttributeLocalName(index);
    }

    @Override
    public QName getAttributeQName(int index) {
        return reader.getAttributeName(index);
    }

    @Override
    public String getAttributePrefix(int index) {
        return reader.getAttributePrefix(index);
    }

    @Override
    public String getAttributeType(int index) {
        return reader.getAttributeType(index);
    }

    @Override
    public String getAttributeValue(int index) {
        return reader.getAttributeValue(index);
    }

    @Override
    public @Nullable String getAttributeValue(@Nullable String namespace, String name) {
        return reader.getAttributeValue(namespace, name);
    }

    @Override
    public @Nullable Object getProperty(String name) {
        return reader.getProperty(name);
    }

    @Override
    public @Nullable String getInputEncoding() {
        return reader.getEncoding();
    }

    @Override
    public String getPositionDescription() {
        return getLineNumber() + ":" + getColumnNumber();
    }

    @Override
    public int getLineNumber() {
        return reader.getLocation().getLineNumber();
    }

    @Override
    public int getColumnNumber() {
        return reader.getLocation().getColumnNumber();
    }

    @Override
    public boolean supportsRoundtrip() {
        return false;
    }
}
