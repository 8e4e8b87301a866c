// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator.mail;

import com.icegreen.greenmail.store.FolderListener;
import com.icegreen.greenmail.store.MailFolder;
import jakarta.mail.Flags;
import jakarta.mail.UIDFolder;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicLong;

/** A folder of the mail server that lists its UIDs once for each change of it. Thread-safe. */
final class KnownUids implements InvocationHandler, FolderListener {
    private final MailFolder folder;
    private final AtomicLong changes = new AtomicLong();
    private volatile Known known = new Known(-1, new long[0]);

    private record Known(long change, long[] uids) {}

    private KnownUids(MailFolder folder) {
        this.folder = folder;
    }

    static MailFolder in(MailFolder folder) {
        KnownUids known = new KnownUids(folder);
        folder.addListener(known);
        return (MailFolder) Proxy.newProxyInstance(
                KnownUids.class.getClassLoader(), new Class<?>[] {MailFolder.class, UIDFolder.class}, known);
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("getMessageUids")) {
            return uids();
        }
        try {
            return method.invoke(folder, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** What changed while they were listed is listed again. */
    private long[] uids() {
        long change = changes.get();
        Known last = known;
        if (last.change() != change || last.uids().length != folder.getMessageCount()) {
            last = new Known(change, folder.getMessageUids());
            known = last;
        }
        return last.uids();
    }

    @Override
    public void added(int number) {
        changes.incrementAndGet();
    }

    @Override
    public void expunged(int number) {
        changes.incrementAndGet();
    }

    @Override
    public void flagsUpdated(int number, Flags flags, Long uid) {}

    @Override
    public void mailboxDeleted() {
        changes.incrementAndGet();
    }
}
