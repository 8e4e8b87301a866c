// SPDX-License-Identifier: Apache-2.0
package io.dragoman.app.search;

import io.dragoman.app.query.PlainWords;
import io.dragoman.model.Contact;
import io.dragoman.model.Conversation;
import io.dragoman.model.Identity;
import io.dragoman.model.Message;
import io.dragoman.model.Words;
import io.dragoman.store.Conversations.Versioned;
import io.dragoman.store.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** A conversation as the index has it: what it is filtered and sorted by, and the words of its last messages. */
final class IndexedConversation {
    static final String ID = "id";
    static final String UPDATED = "updatedAt";
    static final String TEXT = "text";
    static final String WHO = "who";

    private static final int MOST_MESSAGES = 500;
    private static final int MOST_CHARACTERS = 200_000;

    private IndexedConversation() {}

    /** Reads it whole from the store. */
    static Document read(Tx tx, Versioned found) {
        Conversation one = found.conversation();
        Document document = new Document();
        document.add(new StringField(ID, one.id(), Field.Store.YES));
        document.add(new SortedDocValuesField(ID, new BytesRef(one.id())));
        long updated = one.updatedAt().toEpochMilli();
        document.add(new LongPoint(UPDATED, updated));
        document.add(new NumericDocValuesField(UPDATED, updated));
        word(document, "channel", one.channel());
        word(document, "kind", one.kind());
        word(document, "status", Words.of(one.status()));
        word(document, "team", one.team());
        word(document, "assignee", one.assignee());
        word(document, "contact", one.contact());
        word(document, "contact", one.address());
        one.tags().forEach(tag -> word(document, "tag", tag));
        List<String> who = who(tx, one);
        who.forEach(text -> document.add(new TextField(WHO, text, Field.Store.NO)));
        texts(tx, one, who).forEach(text -> document.add(new TextField(TEXT, text, Field.Store.NO)));
        return document;
    }

    private static void word(Document document, String field, @Nullable String word) {
        if (word != null && word.length() < 8_000) { // longer ones the index refuses
            document.add(new StringField(field, word, Field.Store.NO));
        }
    }

    private static List<String> who(Tx tx, Conversation one) {
        Contact contact = tx.contacts().find(one.contact()).orElse(null);
        List<String> who = new ArrayList<>();
        who.add(one.address());
        if (contact != null) {
            Stream.ofNullable(contact.name()).forEach(who::add);
            contact.identities().stream().map(Identity::value).forEach(who::add);
        }
        return who;
    }

    private static List<String> texts(Tx tx, Conversation one, List<String> who) {
        List<String> texts = new ArrayList<>(who);
        Stream.ofNullable(one.subject()).forEach(texts::add);
        texts.addAll(one.tags());
        int left = MOST_CHARACTERS;
        for (Message message : tx.threadView().latest(one.id(), MOST_MESSAGES)) {
            String words = PlainWords.of(message);
            texts.add(words.length() <= left ? words : words.substring(0, left));
            left -= Math.min(left, words.length());
            if (left == 0) {
                break;
            }
        }
        return texts;
    }
}
