// SPDX-License-Identifier: Apache-2.0
package io.dragoman.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** The HTTP half of a simulator: a server on the loopback address, scripted faults, and a client for webhooks. */
public abstract class HttpSimulator implements Simulator {
    /** The largest body of the fake server. */
    private static final int LARGEST = 64 * 1024 * 1024;

    static {
        // the JDK's server writes an answer's head and body by themselves: without this each waits 40 ms for the
        // acknowledgement of its head. Read once, when the first server is made.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private volatile HttpServer server;
    private final int boundPort;
    private final SimulatorIds ids;
    private final ExecutorService threads = Executors.newCachedThreadPool(daemons("simulator"));
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Deque<SimulatorResponse> faults = new ArrayDeque<>();
    private final List<Delivered> delivered = new ArrayList<>();
    private final List<ExecutorService> ordered = new CopyOnWriteArrayList<>();
    private volatile Consumer<String> listener = line -> {};
    private volatile @Nullable String why;
    private final Courier own = this::carry;
    private final WebhookFaults webhooks = new WebhookFaults(own);
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Courier courier = own;

    /** How a webhook gets to its target. */
    @FunctionalInterface
    public interface Courier {
        /** Posts it and returns the status; 0 when nobody answered. */
        int carry(HttpRequest webhook);
    }

    /**
     * Takes the port; whoever extends this calls {@link #start} when it is ready for requests.
     *
     * @param port 0 for any free one
     * @param clock tells where its ids begin
     */
    protected HttpSimulator(int port, Clock clock) {
        ids = new SimulatorIds(clock);
        server = listening(port);
        boundPort = server.getAddress().getPort();
    }

    private HttpServer listening(int port) {
        try {
            HttpServer made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            made.setExecutor(threads);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException("the simulator cannot listen on port " + port, e);
        }
    }

    /** Goes away as a server does that is restarted: its port refuses connections, and calls under way break. */
    public void goAway() {
        server.stop(0);
    }

    /** Is back on its port, with all that it knew. */
    public void comeBack() {
        server = listening(boundPort);
        start();
    }

    /** From now on requests are answered; those that came before wait. */
    protected final void start() {
        server.createContext("/", this::serve);
        server.start();
    }

    /** Whatever gets an id gets it from here: a restart repeats none. */
    protected final SimulatorIds ids() {
        return ids;
    }

    /** Where the provider's API is. */
    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + boundPort);
    }

    /** Answers the next API request with this instead of handling it; more than one wait in line. */
    public void answerNext(int status, Map<String, String> headers, String body) {
        synchronized (faults) {
            faults.add(SimulatorResponse.json(status, headers, body));
        }
    }

    /** The next API requests end so, one after the other. */
    public void fail(CallFault fault, int times) {
        SimulatorResponse answer = fault == CallFault.EXPIRED ? expired() : fault.response();
        synchronized (faults) {
            faults.addAll(Collections.nCopies(times, answer));
        }
    }

    /** What it answers when an access token is over. */
    protected SimulatorResponse expired() {
        return CallFault.EXPIRED.response();
    }

    /** From now on every webhook goes out so many times. */
    public void copies(int times) {
        webhooks.copies(times);
        courier = webhooks;
    }

    /** The next webhook goes out behind the one after it. */
    public void swapNext() {
        webhooks.swapNext();
        courier = webhooks;
    }

    /** How many answers of {@link #answerNext} have not been given yet. */
    public int answersLeft() {
        synchronized (faults) {
            return faults.size();
        }
    }

    /** From now on webhooks go out by this courier, such as one that tries again as providers do. */
    public void courier(Courier next) {
        courier = next;
    }

    @Override
    public void listen(Consumer<String> next) {
        listener = next;
    }

    @Override
    public List<Delivered> delivered() {
        synchronized (delivered) {
            return List.copyOf(delivered);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    /** Handles one API request. */
    protected abstract SimulatorResponse handle(SimulatorRequest request) throws IOException;

    /** One thread that runs what it is given in its order, such as the statuses of a message. */
    protected final ExecutorService inOrder(String name) {
        ExecutorService thread = Executors.newSingleThreadExecutor(daemons(name));
        ordered.add(thread);
        return thread;
    }

    /** By itself it tells what waits in its threads; one that tells more, or only when asked, says so. */
    @Override
    public void receipts(URI callback, Delivered message) {
        for (ExecutorService thread : ordered) {
            try {
                thread.submit(() -> {}).get(); // behind all that waits
            } catch (ExecutionException e) {
                throw new IllegalStateException("nothing failed: nothing was done", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    protected void deliver(Delivered message) {
        synchronized (delivered) {
            delivered.add(message);
        }
        log(message.customer() + " gets: " + message.content());
    }

    /** Tells whoever listens what happened, in a line. */
    protected final void log(String line) {
        listener.accept(line);
    }

    /** Posts a webhook and returns the status; 0 when nobody answered. */
    protected int post(URI target, String contentType, byte[] body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        return send(request.build());
    }

    /** Sends a webhook that is no post, and returns the status; 0 when nobody answered. */
    protected int send(HttpRequest webhook) {
        return courier.carry(webhook);
    }

    /** Sends a webhook whose answer says what to do; another courier brings back a status alone, and no words. */
    protected Answer ask(HttpRequest webhook) {
        Courier carrier = courier;
        return carrier == own
                ? carry(webhook, HttpResponse.BodyHandlers.ofString())
                : new Answer(carrier.carry(webhook), "", "");
    }

    /** What the gateway answered; status 0 when nobody did. */
    protected record Answer(int status, String contentType, String body) {}

    @Override
    public Optional<String> why() {
        return webhooks.isHolding() ? Optional.of("it goes out behind the next one") : Optional.ofNullable(why);
    }

    private int carry(HttpRequest webhook) {
        return carry(webhook, HttpResponse.BodyHandlers.replacing("")).status();
    }

    private Answer carry(HttpRequest webhook, HttpResponse.BodyHandler<String> words) {
        why = null;
        try {
            HttpResponse<String> response = client.send(webhook, words);
            String type = response.headers().firstValue("content-type").orElse("");
            return new Answer(response.statusCode(), type, response.body());
        } catch (SSLException e) {
            why = "TLS failed (" + e.getMessage()
                    + "). Where the certificate is from an authority of your own, start it"
                    + " with DRAGOMAN_JAVA_OPTS='-Djavax.net.ssl.trustStore=FILE -Djavax.net.ssl.trustStorePassword=PASSWORD',"
                    + " made by keytool -importcert; without its password Java finds nothing in it";
            return new Answer(0, "", "");
        } catch (IOException e) {
            return new Answer(0, "", "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(0, "", "");
        }
    }

    private void awaitClose() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            SimulatorRequest request = new SimulatorRequest(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI(),
                    exchange.getRequestHeaders(),
                    exchange.getRequestBody().readNBytes(LARGEST));
            SimulatorResponse scripted;
            synchronized (faults) {
                scripted = faults.poll();
            }
            SimulatorResponse response = scripted == null ? handle(request) : scripted;
            log(request.method() + " " + request.path() + " → " + Math.max(0, response.status()));
            if (response.status() == SimulatorResponse.SILENCE) {
                awaitClose();
            }
            if (response.status() <= 0) {
                return; // an exchange that is closed before its answer takes the connection with it
            }
            response.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.getResponseHeaders().set("Content-Type", response.contentType());
            exchange.sendResponseHeaders(response.status(), response.body().length == 0 ? -1 : response.body().length);
            if (response.body().length > 0) {
                exchange.getResponseBody().write(response.body());
            }
        }
    }
}
