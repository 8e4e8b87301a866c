// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench.mailbox;

import io.dragoman.bench.wire.Figures;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Properties;

/** Reads every mail of a mailbox whole, and does nothing with it. Arguments: port, user, password. */
public final class MailReaderMain {
    private MailReaderMain() {}

    /** Prints {@code mails} and {@code seconds}, without the time to log in. */
    public static void main(String[] args) throws MessagingException, IOException {
        Properties settings = new Properties();
        settings.setProperty("mail.imap.partialfetch", "false");
        try (Store store = Session.getInstance(settings).getStore("imap")) {
            store.connect("127.0.0.1", Integer.parseInt(args[0]), args[1], args[2]);
            Folder folder = store.getFolder("INBOX");
            folder.open(Folder.READ_ONLY);
            long begun = System.nanoTime();
            Message[] mails = folder.getMessages();
            for (Message mail : mails) {
                mail.writeTo(OutputStream.nullOutputStream());
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            System.out.println(new Figures().count("mails", mails.length).with("seconds", seconds));
        }
    }
}
