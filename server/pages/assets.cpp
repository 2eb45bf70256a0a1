#include "directory/embedded_file.hpp"
#include "server/pages/pages.hpp"
#include "server/pages/site_files.hpp"

#include <sodium.h>
#include <zlib.h>

#include <array>
#include <memory>
#include <stdexcept>
#include <unordered_map>

namespace shirube::server {

namespace {

constexpr std::size_t k_worth_compressing = 1024;

struct Asset {
    std::string_view content_type;
    std::string digest;
    std::string address;
    std::shared_ptr<const std::string> plain;
    std::shared_ptr<const std::string> gzip; ///< null where it would not be smaller
    bool named_by_content = false;           ///< a bundler's chunk: its digest is in its name
};

std::string digest_of(std::string_view content) {
    std::array<unsigned char, 16> hash{};
    crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(content.data()), content.size(),
                       nullptr, 0);
    std::array<char, 33> text{};
    sodium_bin2hex(text.data(), text.size(), hash.data(), hash.size());
    return {text.data(), 16};
}

std::string_view content_type_of(std::string_view path) {
    struct Row {
        std::string_view ending;
        std::string_view type;
    };
    static constexpr std::array rows{Row{".css", "text/css; charset=utf-8"},
                                     Row{".js", "text/javascript; charset=utf-8"},
                                     Row{".mjs", "text/javascript; charset=utf-8"},
                                     Row{".svg", "image/svg+xml"},
                                     Row{".png", "image/png"},
                                     Row{".woff2", "font/woff2"},
                                     Row{".json", "application/json"},
                                     Row{".csv", "text/csv; charset=utf-8"}};
    for (const auto& row : rows) {
        if (path.ends_with(row.ending)) {
            return row.type;
        }
    }
    return "application/octet-stream";
}

/// gzip at the highest level; null where that gains nothing.
std::shared_ptr<const std::string> compressed(std::string_view content) {
    z_stream stream{};
    constexpr int k_gzip_window = 15 + 16;
    constexpr int k_memory = 9;
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, k_gzip_window, k_memory, Z_DEFAULT_STRATEGY) != Z_OK) {
        throw std::runtime_error("zlib does not start");
    }
    std::string out(deflateBound(&stream, content.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
    stream.avail_in = static_cast<uInt>(content.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int result = deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    if (result != Z_STREAM_END || out.size() >= content.size()) {
        return nullptr;
    }
    return std::make_shared<const std::string>(std::move(out));
}

bool is_for_browsers(std::string_view path) {
    return path.starts_with("styles/") || path.starts_with("scripts/") || path.starts_with("icons/") ||
           path.starts_with("fonts/") || path.starts_with("examples/");
}

Asset make_asset(const EmbeddedFile& file) {
    Asset asset;
    asset.content_type = content_type_of(file.path);
    asset.digest = digest_of(file.content);
    asset.address = "/static/" + std::string(file.path) + "?v=" + asset.digest;
    asset.plain = std::make_shared<const std::string>(file.content);
    const bool is_text = !asset.content_type.starts_with("image/png") && !asset.content_type.starts_with("font/");
    if (is_text && file.content.size() >= k_worth_compressing) {
        asset.gzip = compressed(file.content);
    }
    asset.named_by_content = file.path.starts_with("scripts/shared-");
    return asset;
}

const std::unordered_map<std::string_view, Asset>& assets() {
    static const auto all = [] {
        std::unordered_map<std::string_view, Asset> out;
        for (const auto& file : embedded_site()) {
            if (is_for_browsers(file.path)) {
                out.emplace(file.path, make_asset(file));
            }
        }
        return out;
    }();
    return all;
}

} // namespace

std::string_view site_file(std::string_view path) {
    for (const auto& file : embedded_site()) {
        if (file.path == path) {
            return file.content;
        }
    }
    throw std::runtime_error("the program was built without static/" + std::string(path));
}

const std::string& asset_address(std::string_view path) {
    const auto found = assets().find(path);
    if (found == assets().end()) {
        throw std::runtime_error("the program was built without static/" + std::string(path));
    }
    return found->second.address;
}

const std::string& site_digest() {
    static const std::string digest = [] {
        std::string all;
        for (const auto& file : embedded_site()) {
            all += file.path;
            all += digest_of(file.content);
        }
        return digest_of(all);
    }();
    return digest;
}

Answer asset(const Request& request) {
    constexpr std::string_view prefix = "/static/";
    const std::string_view path = request.path;
    const auto found = path.starts_with(prefix) ? assets().find(path.substr(prefix.size())) : assets().end();
    if (found == assets().end()) {
        return error_page(request, nullptr, 404, {});
    }
    const Asset& asset = found->second;
    Answer answer;
    answer.content_type = asset.content_type;
    answer.etag_basis = asset.digest;
    const auto version = request.parameter("v");
    answer.caching =
        asset.named_by_content || (version && *version == asset.digest) ? Caching::immutable : Caching::validated;
    if (asset.gzip && request.accepts_gzip) {
        answer.shared_body = asset.gzip;
        answer.etag_basis += "-gzip";
        answer.headers.emplace_back("Content-Encoding", "gzip");
    } else {
        answer.shared_body = asset.plain;
    }
    answer.compressible = false;
    return answer;
}

} // namespace shirube::server
