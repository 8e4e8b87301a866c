#!/usr/bin/env bash
# jsmpp 3.0.2: an SMS centre that refuses a login and closes the connection is reported as one that did not answer.
#
# SMPP 3.4 section 5.1.3 has a command_status for each way in which a bind can fail, and centres close the connection
# after it. The library reads the answer and the end of the connection on one thread and handles the answer on another:
# when the end is seen first the session counts as closed, the answer is dropped, and connectAndBind waits its whole time
# for what has arrived long ago. The caller gets a time-out: a wrong password, after which tries should become rare
# because operators lock accounts, looks like a network that may be tried again at once.
#
# Needs a JDK 17, mvn. Seen 2026-11-29 on x86_64.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
for jar in org.jsmpp:jsmpp:3.0.2 org.slf4j:slf4j-api:1.7.36 org.slf4j:slf4j-nop:1.7.36; do
  mvn -B -q dependency:copy -Dartifact="$jar" -DoutputDirectory=lib >/dev/null
done
cat >Run.java <<'J'
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ResponseTimeoutException;
import org.jsmpp.session.BindParameter;
import org.jsmpp.session.SMPPSession;

public class Run {
  public static void main(String[] args) throws Exception {
    ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread centre = new Thread(() -> refuse(server));
    centre.setDaemon(true);
    centre.start();
    int refused = 0;
    int silent = 0;
    for (int i = 0; i < 20; i++) {
      try {
        new SMPPSession().connectAndBind("127.0.0.1", server.getLocalPort(),
            new BindParameter(BindType.BIND_TRX, "shop", "wrong", "", TypeOfNumber.UNKNOWN, NumberingPlanIndicator.UNKNOWN, ""), 500);
      } catch (java.io.IOException e) {
        refused += e.getCause() instanceof NegativeResponseException ? 1 : 0;
        silent += e.getCause() instanceof ResponseTimeoutException ? 1 : 0;
      }
    }
    System.out.println("20 refused logins: " + refused + " reported as refused, " + silent + " as unanswered");
    System.exit(silent > 0 ? 0 : 1);
  }

  // answers each bind_transceiver with ESME_RINVPASWD (0x0e) and closes
  static void refuse(ServerSocket server) {
    while (true) {
      try (Socket socket = server.accept()) {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        int length = in.readInt();
        in.readLong();
        int sequence = in.readInt();
        in.readNBytes(length - 16);
        byte[] answer = ByteBuffer.allocate(16).putInt(16).putInt(0x80000009).putInt(0x0e).putInt(sequence).array();
        new DataOutputStream(socket.getOutputStream()).write(answer);
      } catch (java.io.IOException e) {
        return;
      }
    }
  }
}
J
javac -cp 'lib/*' Run.java
java -cp 'lib/*:.' Run
