package io.vyra.zenoh.transport;

import io.vyra.zenoh.link.Link;
import io.vyra.zenoh.message.CloseReason;
import io.vyra.zenoh.message.TransportCodec;
import io.vyra.zenoh.message.TransportMessage;
import io.vyra.zenoh.message.TransportMessage.Close;
import io.vyra.zenoh.message.TransportMessage.InitAck;
import io.vyra.zenoh.message.TransportMessage.InitSyn;
import io.vyra.zenoh.message.TransportMessage.Offer;
import io.vyra.zenoh.message.TransportMessage.OpenAck;
import io.vyra.zenoh.message.TransportMessage.OpenSyn;
import io.vyra.zenoh.message.TransportMessage.Sizes;
import io.vyra.zenoh.message.ZenohId;
import io.vyra.zenoh.wire.Bytes;
import io.vyra.zenoh.wire.MalformedMessageException;
import io.vyra.zenoh.wire.WireReader;
import io.vyra.zenoh.wire.WireWriter;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The four messages before a transport is open (zenoh-protocol, {@code transport/init.rs} and {@code open.rs}): InitSyn, InitAck, OpenSyn,
 * OpenAck. Whoever is refused is told why in a Close.
 */
final class Handshake {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int COOKIE = 16;
    private static final int BITS_32 = 2;

    private final Link link;
    private final BatchReader batches;
    private final TransportSettings settings;

    /**
     * @param batches what the link is read with; goes on to be used when the transport is open
     */
    Handshake(Link link, BatchReader batches, TransportSettings settings) {
        this.link = link;
        this.batches = batches;
        this.settings = settings;
    }

    /**
     * Opens the transport from the side that connected.
     *
     * @param credentials who this side says it is, or null
     */
    Negotiated initiate(Credentials credentials) throws IOException {
        return refusingWhatIsMalformed(() -> {
            Sizes sizes = new Sizes(BITS_32, BITS_32, settings.batchSize());
            send(new InitSyn(
                    TransportCodec.VERSION,
                    settings.role(),
                    settings.node(),
                    sizes,
                    new Offer(true, credentials == null ? null : PasswordChallenge.PLAIN, 1)));
            InitAck init = receive(InitAck.class);
            checkVersion(init.version());
            checkPeer(init.node());
            if (init.sizes().batch() > settings.batchSize()
                    || init.sizes().sequenceNumberBits() > BITS_32
                    || init.sizes().requestNumberBits() > BITS_32
                    || init.offer().patch() > 1) {
                throw new HandshakeException(
                        CloseReason.INVALID, link + " offers more than it was asked for: " + init.sizes());
            }
            int mask = mask(init.sizes().sequenceNumberBits());
            int first = RANDOM.nextInt() & mask;
            Bytes claim = claim(credentials, init);
            send(new OpenSyn(settings.lease().toMillis(), first, init.cookie(), new Offer(false, claim, 0)));
            OpenAck open = receive(OpenAck.class);
            if (claim != null && !PasswordChallenge.isOffered(open.offer().authentication())) {
                throw new HandshakeException(CloseReason.INVALID, link + " did not confirm the user and password");
            }
            return new Negotiated(
                    init.node(),
                    init.whatAmI(),
                    null,
                    Math.min(settings.batchSize(), init.sizes().batch()),
                    mask,
                    first,
                    checkSequenceNumber(open.firstSequenceNumber(), mask),
                    Duration.ofMillis(open.leaseMillis()),
                    init.offer().qualityOfService(),
                    init.offer().patch() >= 1);
        });
    }

    private Bytes claim(Credentials credentials, InitAck init) throws HandshakeException {
        if (credentials == null) {
            return null;
        }
        OptionalLong number = PasswordChallenge.number(init.offer().authentication());
        if (number.isEmpty() && !credentials.isRequired()) {
            return null;
        }
        if (number.isEmpty()) {
            throw new HandshakeException(
                    CloseReason.INVALID,
                    link + " does not ask for a user and password: configure users there, or none here");
        }
        return PasswordChallenge.claim(credentials, number.getAsLong());
    }

    /**
     * Opens the transport from the side that listened.
     *
     * @param users who may connect with a password, or null when none is asked for; nor is one of who has a certificate and offers none
     * @param admission whom of them to let in
     */
    Negotiated accept(UserDirectory users, Admission admission) throws IOException {
        return refusingWhatIsMalformed(() -> {
            InitSyn init = receive(InitSyn.class);
            checkVersion(init.version());
            checkPeer(init.node());
            admission.admit(init.node(), init.whatAmI(), link.peer());
            boolean offersPassword = PasswordChallenge.isOffered(init.offer().authentication());
            // A certificate proves who the peer is as well as a password does.
            boolean asksPassword =
                    users != null && (offersPassword || link.peerCertificate().isEmpty());
            if (asksPassword && !offersPassword) {
                throw new HandshakeException(CloseReason.INVALID, link + " gives no user and password");
            }
            Sizes sizes = new Sizes(
                    Math.min(BITS_32, init.sizes().sequenceNumberBits()),
                    Math.min(BITS_32, init.sizes().requestNumberBits()),
                    Math.min(settings.batchSize(), init.sizes().batch()));
            if (sizes.batch() < 64) {
                throw new HandshakeException(
                        CloseReason.INVALID, link + " asks for batches of " + sizes.batch() + " bytes");
            }
            boolean hasPriorities = init.offer().qualityOfService();
            int patch = Math.min(1, init.offer().patch());
            long number = RANDOM.nextLong();
            Bytes cookie = randomBytes();
            send(new InitAck(
                    TransportCodec.VERSION,
                    settings.role(),
                    settings.node(),
                    sizes,
                    cookie,
                    new Offer(hasPriorities, asksPassword ? PasswordChallenge.challenge(number) : null, patch)));
            OpenSyn open = receive(OpenSyn.class);
            if (!open.cookie().equals(cookie)) {
                throw new HandshakeException(CloseReason.INVALID, link + " sent back another cookie");
            }
            String user = asksPassword ? authenticate(users, open, number) : null;
            int mask = mask(sizes.sequenceNumberBits());
            int first = RANDOM.nextInt() & mask;
            int firstReceived = checkSequenceNumber(open.firstSequenceNumber(), mask);
            send(new OpenAck(
                    settings.lease().toMillis(),
                    first,
                    new Offer(false, asksPassword ? PasswordChallenge.PLAIN : null, 0)));
            return new Negotiated(
                    init.node(),
                    init.whatAmI(),
                    user,
                    sizes.batch(),
                    mask,
                    first,
                    firstReceived,
                    Duration.ofMillis(open.leaseMillis()),
                    hasPriorities,
                    patch >= 1);
        });
    }

    private String authenticate(UserDirectory users, OpenSyn open, long number) throws HandshakeException {
        PasswordChallenge.Claim claim = PasswordChallenge.claim(open.offer().authentication());
        Optional<String> password = claim == null ? Optional.empty() : users.passwordOf(claim.user());
        if (password.isEmpty() || !PasswordChallenge.isProven(claim, password.get(), number)) {
            throw new HandshakeException(CloseReason.INVALID, link + " gives a wrong user or password");
        }
        return claim.user();
    }

    private void checkVersion(int version) throws HandshakeException {
        if (version != TransportCodec.VERSION) {
            throw new HandshakeException(
                    CloseReason.INVALID,
                    link + " speaks version " + version + " of the protocol, this side " + TransportCodec.VERSION);
        }
    }

    private void checkPeer(ZenohId peer) throws HandshakeException {
        if (peer.equals(settings.node())) {
            throw new HandshakeException(CloseReason.CONNECTION_TO_SELF, link + " is this node itself, " + peer);
        }
    }

    private int checkSequenceNumber(int number, int mask) throws HandshakeException {
        if ((number & ~mask) != 0) {
            throw new HandshakeException(
                    CloseReason.INVALID, link + " starts with a sequence number beyond what was agreed");
        }
        return number;
    }

    /** The largest sequence number that takes no more bytes than the resolution has (zenoh-transport, {@code seq_num.rs}). */
    private static int mask(int bits) {
        return switch (bits) {
            case 0 -> 0x7f;
            case 1 -> 0x3fff;
            default -> 0x0fff_ffff;
        };
    }

    private static Bytes randomBytes() {
        byte[] bytes = new byte[COOKIE];
        RANDOM.nextBytes(bytes);
        return Bytes.wrap(bytes);
    }

    private void send(TransportMessage message) throws IOException {
        WireWriter writer = new WireWriter(0xffff);
        writer.u16(0);
        TransportCodec.write(writer, message);
        writer.u16At(0, writer.position() - 2);
        link.write(ByteBuffer.wrap(writer.array(), 0, writer.position()));
    }

    private <T extends TransportMessage> T receive(Class<T> type) throws IOException {
        WireReader batch = batches.next();
        if (batch == null) {
            throw new EOFException(link + " ended the connection within the handshake");
        }
        TransportMessage message = TransportCodec.read(batch);
        if (type.isInstance(message)) {
            return type.cast(message);
        }
        if (message instanceof Close close) {
            throw new HandshakeException(
                    close.reason(), link + " refuses the connection: " + close.reason() + refusalHint(close.reason()));
        }
        throw new HandshakeException(
                CloseReason.INVALID,
                link + " sent " + message.getClass().getSimpleName() + " instead of " + type.getSimpleName());
    }

    private static String refusalHint(CloseReason reason) {
        return switch (reason) {
            case MAX_SESSIONS, MAX_LINKS -> " (it has as many connections as it allows)";
            case INVALID, GENERIC -> " (do user, password and protocol version fit?)";
            default -> "";
        };
    }

    private interface Exchange {
        Negotiated run() throws IOException;
    }

    private Negotiated refusingWhatIsMalformed(Exchange exchange) throws IOException {
        try {
            return exchange.run();
        } catch (MalformedMessageException e) {
            refuse(CloseReason.INVALID);
            throw new HandshakeException(CloseReason.INVALID, link + " does not speak Zenoh: " + e.getMessage());
        } catch (HandshakeException e) {
            refuse(e.reason());
            throw e;
        }
    }

    private void refuse(CloseReason reason) {
        try {
            send(new Close(reason, true));
        } catch (IOException e) {
            // The peer is gone, or was the one that refused: there is nobody to tell.
        }
    }
}
