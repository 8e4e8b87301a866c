// SPDX-License-Identifier: Apache-2.0
package io.dragoman.work;

import io.dragoman.store.FlowKey;
import io.dragoman.store.LeasedWork;
import io.dragoman.store.Tx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Fair scheduling between flows: each gets an equal share of the free workers, live work before bulk, a
 * target no more than it can take. For the dispatcher's thread; {@link #wake} and {@link #ended} for any.
 */
public final class FairScheduler {
    private final WorkSource work;
    private final int mostBulk;
    private final Set<FlowKey> woken = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> underWay = new ConcurrentHashMap<>();
    /** Those that may have something ready; who was served goes to the end. */
    private LinkedHashSet<FlowKey> active = new LinkedHashSet<>();

    private volatile int bulkUnderWay;

    public FairScheduler(WorkSource work, int workers) {
        this.work = work;
        this.mostBulk = Math.max(1, workers / 2);
    }

    /**
     * What a round gave.
     *
     * @param left the flows that may have more, in the order of their next turns
     */
    public record Round(List<LeasedWork> heads, LinkedHashSet<FlowKey> left) {}

    public void wake(Collection<FlowKey> flows) {
        for (FlowKey flow : flows) {
            if (flow.kind() == work.kind()) {
                woken.add(flow);
            }
        }
    }

    /** Whether anything may be ready for which there is room. */
    public boolean any() {
        woken.removeIf(flow -> {
            active.add(flow);
            return true;
        });
        return active.stream().anyMatch(flow -> room(flow) > 0);
    }

    private int room(FlowKey flow) {
        return work.room(flow.target(), underWay.getOrDefault(flow.target(), 0));
    }

    /** Claims for up to {@code most} workers. Changes nothing here, for the store may run it again. */
    public Round claim(Tx tx, int most) {
        work.refresh(tx);
        List<LeasedWork> heads = new ArrayList<>();
        Map<String, Integer> taken = new HashMap<>();
        Set<FlowKey> liveLeft = pass(tx, active, false, most, heads, taken);
        int forBulk = Math.min(most - heads.size(), mostBulk - bulkUnderWay);
        Set<FlowKey> bulkLeft = forBulk <= 0 ? active : pass(tx, active, true, heads.size() + forBulk, heads, taken);
        LinkedHashSet<FlowKey> left = new LinkedHashSet<>();
        List<FlowKey> served = new ArrayList<>();
        for (FlowKey flow : active) {
            if (liveLeft.contains(flow) || bulkLeft.contains(flow)) {
                boolean was = taken.containsKey(flow.name());
                (was ? served : left).add(flow);
            }
        }
        left.addAll(served);
        return new Round(heads, left);
    }

    /** Serves flows in turn until all that is free is given; gives those that may have more. */
    private Set<FlowKey> pass(
            Tx tx,
            Collection<FlowKey> flows,
            boolean bulk,
            int most,
            List<LeasedWork> heads,
            Map<String, Integer> taken) {
        Set<FlowKey> left = new HashSet<>(flows);
        List<FlowKey> turn = List.copyOf(flows);
        boolean activity = true;
        while (activity && heads.size() < most && !turn.isEmpty()) {
            activity = false;
            List<FlowKey> next = new ArrayList<>();
            int share = Math.max(1, (most - heads.size()) / turn.size());
            for (FlowKey flow : turn) {
                int room = work.room(
                        flow.target(),
                        underWay.getOrDefault(flow.target(), 0) + taken.getOrDefault(flow.target() + "/", 0));
                int quota = Math.min(Math.min(share, room), most - heads.size());
                if (quota <= 0) {
                    continue;
                }
                WorkSource.Taken got = work.claim(tx, flow, bulk, quota);
                heads.addAll(got.heads());
                if (!got.heads().isEmpty()) {
                    taken.merge(flow.name(), got.heads().size(), Integer::sum);
                    taken.merge(flow.target() + "/", got.heads().size(), Integer::sum);
                }
                activity = true;
                if (got.more()) {
                    next.add(flow);
                } else {
                    left.remove(flow);
                }
            }
            turn = next;
        }
        return left;
    }

    /** Records what a committed round gave. */
    public void begun(Round round) {
        active = round.left();
        for (LeasedWork head : round.heads()) {
            underWay.merge(head.claim().flow().target(), 1, Integer::sum);
            count(head, 1);
        }
    }

    public void ended(LeasedWork head) {
        underWay.computeIfPresent(head.claim().flow().target(), (target, n) -> n == 1 ? null : n - 1);
        count(head, -1);
    }

    private synchronized void count(LeasedWork head, int by) {
        bulkUnderWay += head.claim().bulk() ? by : 0;
    }
}
