// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.store.InMemoryStore;
import com.icegreen.greenmail.store.MailFolder;
import jakarta.mail.Flags;
import jakarta.mail.MessagingException;
import jakarta.mail.UIDFolder;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** An inbox of the simulator lists its mails once for each change, and never lacks one. */
final class KnownUidsTest {
    private final AtomicInteger listed = new AtomicInteger();

    @Test
    void folderShouldListItsMailsOnceForEachChange() throws Exception {
        InMemoryStore store = new InMemoryStore();
        MailFolder real = store.createMailbox(store.getMailbox("#mail"), "box", true);
        MailFolder quick = KnownUids.in(counting(real));
        long first = append(real);
        assertThat(quick.getMessageUids()).containsExactly(first);
        assertThat(quick.getMessageUids()).containsExactly(first);
        assertThat(listed).hasValue(1);
        long second = append(quick);
        assertThat(quick.getMessageUids()).containsExactly(first, second);
        real.setFlags(new Flags(Flags.Flag.DELETED), true, first, null, true);
        assertThat(listed).as("no flag is a change").hasValue(2);
        real.expunge();
        long third = append(real);
        assertThat(quick.getMessageUids()).containsExactly(second, third);
        real.deleteAllMessages();
        assertThat(quick.getMessageUids()).isEmpty();
        assertThat(((UIDFolder) quick).getUIDValidity()).isEqualTo(real.getUidValidity());
    }

    private static long append(MailFolder folder) throws MessagingException {
        byte[] mail = "From: ana@customers.example\r\n\r\nHello\r\n".getBytes(StandardCharsets.US_ASCII);
        return folder.appendMessage(new MimeMessage(null, new ByteArrayInputStream(mail)), new Flags(), new Date(0));
    }

    private MailFolder counting(MailFolder folder) {
        return (MailFolder) Proxy.newProxyInstance(
                KnownUidsTest.class.getClassLoader(),
                new Class<?>[] {MailFolder.class, UIDFolder.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("getMessageUids")) {
                        listed.incrementAndGet();
                    }
                    return method.invoke(folder, arguments);
                });
    }
}
