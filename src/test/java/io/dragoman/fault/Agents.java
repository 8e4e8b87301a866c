// SPDX-License-Identifier: Apache-2.0
package io.dragoman.fault;

import io.dragoman.fault.Texts.Text;
import io.dragoman.fault.Witness.What;
import io.dragoman.simulator.Simulator.Delivered;
import io.dragoman.simulator.desk.DeskSimulator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** The people at the helpdesk: they answer some of what comes, in each conversation one after the other. */
final class Agents {
    private static final int PEOPLE = 4;

    private final Providers providers;
    private final Witness record;
    private final List<ExecutorService> people = new ArrayList<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile int read;

    Agents(Providers providers, Witness record) {
        this.providers = providers;
        this.record = record;
        for (int i = 0; i < PEOPLE; i++) {
            people.add(Executors.newSingleThreadExecutor(Agents::daemon));
        }
        daemon(this::watch).start();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "agent");
        thread.setDaemon(true);
        return thread;
    }

    private void watch() {
        DeskSimulator desk = providers.desk;
        while (true) {
            List<Delivered> all = desk.delivered();
            for (Delivered note : all.subList(read, all.size())) {
                Text text = Texts.read(note.content());
                if (text.role().isEmpty() && Texts.isAnswered(text.number())) {
                    underWay.incrementAndGet();
                    people.get(Math.floorMod(note.customer().hashCode(), PEOPLE))
                            .execute(() -> answer(note.customer(), text));
                }
            }
            read = all.size();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private void answer(String conversation, Text text) {
        String answer = "re " + text.name();
        String customer = Providers.customer(text.channel(), text.customer());
        record.write(What.POSTED, "helpdesk", customer, "", answer);
        int status = providers.desk.agentReplies(providers.callback("helpdesk"), conversation, "Mara", answer);
        if (status / 100 == 2) {
            record.write(What.TAKEN, "helpdesk", customer, "", answer);
        }
        underWay.decrementAndGet();
    }

    /** Whether everything that came so far was read and answered. */
    boolean idle() {
        return read == providers.desk.delivered().size() && underWay.get() == 0;
    }
}
