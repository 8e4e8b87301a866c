// SPDX-License-Identifier: Apache-2.0
package io.dragoman.channel.xmpp;

/** The namespaces of what is understood here. */
final class Names {
    static final String CLIENT = "jabber:client";
    static final String STANZAS = "urn:ietf:params:xml:ns:xmpp-stanzas";
    static final String DELAY = "urn:xmpp:delay";
    static final String FORWARD = "urn:xmpp:forward:0";
    static final String FORM = "jabber:x:data";
    static final String DISCO_ITEMS = "http://jabber.org/protocol/disco#items";
    static final String DISCO_INFO = "http://jabber.org/protocol/disco#info";
    /** XEP-0059, pages of a list. */
    static final String RSM = "http://jabber.org/protocol/rsm";
    /** XEP-0066, the address of a file. */
    static final String OOB = "jabber:x:oob";
    /** XEP-0172, what somebody calls themselves. */
    static final String NICK = "http://jabber.org/protocol/nick";
    /** XEP-0184. */
    static final String RECEIPTS = "urn:xmpp:receipts";
    /** XEP-0280. */
    static final String CARBONS = "urn:xmpp:carbons:2";
    /** XEP-0308. */
    static final String CORRECT = "urn:xmpp:message-correct:0";
    /** XEP-0313. */
    static final String MAM = "urn:xmpp:mam:2";
    /** XEP-0333. */
    static final String MARKERS = "urn:xmpp:chat-markers:0";
    /** XEP-0334. */
    static final String HINTS = "urn:xmpp:hints";
    /** XEP-0359. */
    static final String SID = "urn:xmpp:sid:0";
    /** XEP-0363. */
    static final String UPLOAD = "urn:xmpp:http:upload:0";
    /** XEP-0380, how something is encrypted. */
    static final String EME = "urn:xmpp:eme:0";
    /** XEP-0424, now and before. */
    static final String RETRACT = "urn:xmpp:message-retract:1";

    static final String RETRACT_BEFORE = "urn:xmpp:message-retract:0";
    static final String FASTEN = "urn:xmpp:fasten:0";
    /** XEP-0428. */
    static final String FALLBACK = "urn:xmpp:fallback:0";
    /** XEP-0444. */
    static final String REACTIONS = "urn:xmpp:reactions:0";
    /** XEP-0461. */
    static final String REPLY = "urn:xmpp:reply:0";

    /** XEP-0045. */
    static final String MUC = "http://jabber.org/protocol/muc";

    static final String MUC_USER = "http://jabber.org/protocol/muc#user";
    static final String MUC_OWNER = "http://jabber.org/protocol/muc#owner";
    /** Our own: by it a message of ours is known in a room. */
    static final String SENT = "urn:x-dragoman:sent";

    private Names() {}
}
