// SPDX-License-Identifier: Apache-2.0
package io.dragoman.bench.mailbox;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import java.util.Properties;

/**
 * A mail server with one full mailbox, each mail from another customer. Arguments: its address and password, and how
 * many mails. It says {@code ready} and its ports for IMAP and SMTP.
 */
public final class MailboxMain {
    private static final String MORE = "I have ordered it three weeks ago, and paid at once. ".repeat(20);

    private MailboxMain() {}

    /** Serves until it is ended. */
    public static void main(String[] args) throws MessagingException, UserException {
        GreenMail server = new GreenMail(new ServerSetup[] {
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP)
        });
        server.start();
        GreenMailUser user = server.setUser(args[0], args[0], args[1]);
        Session session = Session.getInstance(new Properties());
        for (int i = 0; i < Integer.parseInt(args[2]); i++) {
            user.deliver(mail(session, args[0], i));
        }
        System.out.println(
                "ready " + server.getImap().getPort() + " " + server.getSmtp().getPort());
    }

    private static MimeMessage mail(Session session, String to, int number) throws MessagingException {
        MimeMessage mail = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", "<mail-" + number + "@customers.example>");
            }
        };
        mail.setFrom(new InternetAddress("customer-" + number + "@customers.example"));
        mail.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
        mail.setSubject("Where is order " + number);
        mail.setSentDate(Date.from(Instant.now()));
        mail.setText(String.format(Locale.ROOT, """
            Hello,

            my parcel should have come on Monday and is still not here. Can you tell me where it is?
            If it is lost I want a refund.

            %s
            #%08d.00000000.0000000000000000#

            Kind regards
            Ana
            """, MORE, number));
        mail.saveChanges();
        return mail;
    }
}
