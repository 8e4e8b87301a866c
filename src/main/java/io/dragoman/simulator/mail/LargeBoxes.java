// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.mail;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.imap.ImapConstants;
import com.icegreen.greenmail.imap.ImapHostManager;
import com.icegreen.greenmail.imap.ImapHostManagerImpl;
import com.icegreen.greenmail.server.AbstractServer;
import com.icegreen.greenmail.smtp.SmtpManager;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.store.Store;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserManager;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * GreenMail whose IMAP is quick in inboxes of thousands. By itself it walks the whole inbox, under its lock, once for
 * each mail in it at each FETCH: with three thousand that is half a second for one mail.
 */
final class LargeBoxes extends GreenMail {
    LargeBoxes(ServerSetup... setups) {
        super(setups);
    }

    @Override
    protected Map<String, AbstractServer> createServices(ServerSetup[] setups, Managers managers) {
        return super.createServices(setups, new Wrapped(managers));
    }

    /** The same users and mails, but that inboxes know the UIDs in them. */
    private static final class Wrapped extends Managers {
        private final Managers managers;
        private final ImapHostManager boxes;

        private Wrapped(Managers managers) {
            this.managers = managers;
            this.boxes = new Boxes(managers.getImapHostManager().getStore());
        }

        @Override
        public SmtpManager getSmtpManager() {
            return managers.getSmtpManager();
        }

        @Override
        public UserManager getUserManager() {
            return managers.getUserManager();
        }

        @Override
        public ImapHostManager getImapHostManager() {
            return boxes;
        }
    }

    private static final class Boxes extends ImapHostManagerImpl {
        private final Map<MailFolder, MailFolder> inboxes = new ConcurrentHashMap<>();

        private Boxes(Store store) {
            super(store);
        }

        @Override
        public @Nullable MailFolder getFolder(GreenMailUser user, String name) {
            MailFolder folder = super.getFolder(user, name);
            return folder != null && name.equalsIgnoreCase(ImapConstants.INBOX_NAME)
                    ? inboxes.computeIfAbsent(folder, KnownUids::in)
                    : folder;
        }
    }
}
