// SPDX-License-Identifier: Apache-2.0
package io.dragoman.mail;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPMessage;

/** A finished mail with an envelope of its own. Goes out as it is; knows when its last byte has been written. */
final class OutgoingMail extends SMTPMessage {
    private static final Session PLAIN = Session.getInstance(new Properties());

    private final Address[] to;
    private boolean written;

    OutgoingMail(String envelopeFrom, List<String> to, byte[] mail) throws MessagingException {
        super(PLAIN, new ByteArrayInputStream(mail));
        setEnvelopeFrom(envelopeFrom.isEmpty() ? "<>" : envelopeFrom);
        this.to = to.stream().map(OutgoingMail::address).toArray(Address[]::new);
    }

    /** Whether the server has all of it but the final dot: from here on it may be delivered. */
    boolean written() {
        return written;
    }

    /** The envelope's, whatever the mail says. */
    @Override
    public Address[] getAllRecipients() {
        return to.clone();
    }

    /** Keeps the mail as it is: a new Message-ID or other boundaries would break threads and signatures. */
    @Override
    public void saveChanges() {}

    @Override
    public void writeTo(OutputStream out, String[] without) throws IOException, MessagingException {
        super.writeTo(out, without);
        written = true;
    }

    private static Address address(String text) {
        InternetAddress address = new InternetAddress();
        address.setAddress(text);
        return address;
    }
}
