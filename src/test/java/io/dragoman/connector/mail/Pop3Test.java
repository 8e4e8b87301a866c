// SPDX-License-Identifier: Apache-2.0
package io.dragoman.connector.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.connector.Account;
import io.dragoman.connector.Batch;
import jakarta.mail.Flags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A POP3 mailbox keeps no marks: the position does. */
@Timeout(60)
final class Pop3Test extends GreenMailbox {
    @Test
    void pop3TakesEachMailOnceAndDeletesNothing() throws Exception {
        arrives("old");
        String position = EMAIL.poll(pop3(), "", new TestTransport(), context).position();
        arrives("one");
        arrives("two");
        Batch batch = EMAIL.poll(pop3(), position, new TestTransport(), context);
        assertThat(subjects(batch)).containsExactly("one", "two");
        assertThat(EMAIL.poll(pop3(), batch.position(), new TestTransport(), context)
                        .requests())
                .isEmpty();
        assertThat(inbox().getMessageCount()).isEqualTo(3);
        assertThat(subjects(EMAIL.poll(pop3("start", "all"), "", new TestTransport(), context)))
                .containsExactly("old", "one", "two");
    }

    @Test
    void pop3DeletesOnlyWhatTheCommittedPositionNames() throws Exception {
        arrives("old");
        Account deleting = pop3("pop3.delete", "true");
        String first = EMAIL.poll(deleting, "", new TestTransport(), context).position();
        arrives("one");
        Batch taken = EMAIL.poll(deleting, first, new TestTransport(), context);
        assertThat(subjects(taken)).containsExactly("one");
        assertThat(inbox().getMessageCount()).as("not committed yet").isEqualTo(2);
        Batch again = EMAIL.poll(deleting, first, new TestTransport(), context);
        assertThat(keys(again)).isEqualTo(keys(taken));
        EMAIL.poll(deleting, taken.position(), new TestTransport(), context);
        assertThat(inbox().getMessageCount())
                .as("only the old one, never taken, is left")
                .isEqualTo(1);
    }

    @Test
    void pop3AndImapKnowTheSameMail() throws Exception {
        arrives("one");
        Batch byImap = EMAIL.poll(imap("start", "all"), "", new TestTransport(), context);
        Batch byPop3 = EMAIL.poll(pop3("start", "all"), "", new TestTransport(), context);
        assertThat(keys(byPop3)).isEqualTo(keys(byImap));
    }

    @Test
    void aMailThatTheServerNumbersAnewIsTheSameMail() throws Exception {
        arrives("one");
        Batch before = EMAIL.poll(pop3("start", "all"), "", new TestTransport(), context);
        inbox().getMessages().get(0).setFlag(Flags.Flag.DELETED, true);
        inbox().expunge();
        arrives("one");
        Batch after = EMAIL.poll(pop3(), before.position(), new TestTransport(), context);
        assertThat(after.requests()).hasSize(1);
        assertThat(keys(after)).isEqualTo(keys(before));
    }
}
