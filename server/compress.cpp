#include "server/compress.hpp"

#include <zlib.h>

#include <stdexcept>

namespace shirube::server {

namespace {

/// A stream of each thread, reset between uses: setting one up costs more than compressing a small answer.
class Deflater {
  public:
    Deflater() {
        constexpr int window_bits = 15 + 16; // the 16 asks for a gzip frame
        constexpr int level = 5;
        constexpr int memory = 8;
        if (deflateInit2(&stream_, level, Z_DEFLATED, window_bits, memory, Z_DEFAULT_STRATEGY) != Z_OK) {
            throw std::runtime_error("zlib has no memory.");
        }
    }
    Deflater(const Deflater&) = delete;
    Deflater& operator=(const Deflater&) = delete;
    ~Deflater() { deflateEnd(&stream_); }

    std::string run(std::string_view text) {
        deflateReset(&stream_);
        std::string out(deflateBound(&stream_, text.size()), '\0');
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data())); // zlib does not write to it
        stream_.avail_in = static_cast<uInt>(text.size());
        stream_.next_out = reinterpret_cast<Bytef*>(out.data());
        stream_.avail_out = static_cast<uInt>(out.size());
        if (deflate(&stream_, Z_FINISH) != Z_STREAM_END) {
            throw std::runtime_error("zlib could not compress an answer.");
        }
        out.resize(stream_.total_out);
        return out;
    }

  private:
    z_stream stream_{};
};

} // namespace

std::string gzip(std::string_view text) {
    thread_local Deflater deflater;
    return deflater.run(text);
}

} // namespace shirube::server
