package io.vyra.zenoh.transport;

import io.vyra.zenoh.message.TransportCodec;
import io.vyra.zenoh.message.TransportMessage;
import io.vyra.zenoh.message.WhatAmI;
import io.vyra.zenoh.message.ZenohId;
import io.vyra.zenoh.wire.WireReader;
import io.vyra.zenoh.wire.WireWriter;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;

/** A client by hand, which can then send anything. */
final class RawHandshake {
    private RawHandshake() {}

    /** Opens a transport whose first frame has the number 0. */
    static void open(Socket socket) throws IOException {
        send(
                socket,
                written(new TransportMessage.InitSyn(
                        TransportCodec.VERSION,
                        WhatAmI.CLIENT,
                        ZenohId.random(),
                        TransportMessage.Sizes.DEFAULT,
                        TransportMessage.Offer.NONE)));
        TransportMessage.InitAck init = (TransportMessage.InitAck) TransportCodec.read(new WireReader(receive(socket)));
        send(socket, written(new TransportMessage.OpenSyn(10_000, 0, init.cookie(), TransportMessage.Offer.NONE)));
        TransportCodec.read(new WireReader(receive(socket)));
    }

    private static byte[] written(TransportMessage message) {
        WireWriter writer = new WireWriter(0xffff);
        TransportCodec.write(writer, message);
        return writer.toArray();
    }

    static void send(Socket socket, byte[] batch) throws IOException {
        WireWriter writer = new WireWriter(0xffff);
        writer.u16(batch.length);
        writer.bytes(batch);
        socket.getOutputStream().write(writer.toArray());
    }

    static byte[] receive(Socket socket) throws IOException {
        DataInputStream input = new DataInputStream(socket.getInputStream());
        int length = input.readUnsignedByte() | input.readUnsignedByte() << 8;
        return input.readNBytes(length);
    }
}
