package io.vyra.zenoh.link;

import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Bytes from one thread to another, through a ring of fixed size. Thread-safe. */
final class BytePipe {
    private final byte[] ring;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Condition drained = lock.newCondition();
    private int start;
    private int size;
    private boolean isClosed;
    private boolean isAbandoned;

    BytePipe(int capacity) {
        ring = new byte[capacity];
    }

    /** Waits for bytes; -1 when no more come. */
    int read(byte[] target, int offset, int length) throws ClosedChannelException {
        lock.lock();
        try {
            while (size == 0) {
                if (isAbandoned) {
                    throw new ClosedChannelException();
                }
                if (isClosed) {
                    return -1;
                }
                filled.awaitUninterruptibly();
            }
            int count = Math.min(length, size);
            int first = Math.min(count, ring.length - start);
            System.arraycopy(ring, start, target, offset, first);
            System.arraycopy(ring, 0, target, offset + first, count - first);
            start = (start + count) % ring.length;
            size -= count;
            drained.signal();
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** Writes what there is room for. */
    int tryWrite(ByteBuffer source) throws ClosedChannelException {
        lock.lock();
        try {
            requireOpen();
            int count = Math.min(source.remaining(), ring.length - size);
            int end = (start + size) % ring.length;
            int first = Math.min(count, ring.length - end);
            source.get(ring, end, first);
            source.get(ring, 0, count - first);
            size += count;
            if (count > 0) {
                filled.signal();
            }
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is room. */
    void awaitRoom() throws ClosedChannelException {
        lock.lock();
        try {
            while (size == ring.length) {
                requireOpen();
                drained.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void requireOpen() throws ClosedChannelException {
        if (isClosed || isAbandoned) {
            throw new ClosedChannelException();
        }
    }

    /** Nothing more is written; what was is still read. */
    void close() {
        lock.lock();
        try {
            isClosed = true;
            filled.signalAll();
            drained.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more is read. */
    void abandon() {
        lock.lock();
        try {
            isAbandoned = true;
            size = 0;
            filled.signalAll();
            drained.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
