#include "importers/files/gdal.hpp"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_vsi.h>
#include <fmt/format.h>
#include <ogrsf_frmts.h>

#include <atomic>
#include <mutex>
#include <stdexcept>

namespace shirube::importers {

struct GdalErrorHook {
    static void CPL_STDCALL take(CPLErr severity, CPLErrorNum /*number*/, const char* message) {
        auto* errors = static_cast<GdalErrors*>(CPLGetErrorHandlerUserData());
        std::string& slot = severity >= CE_Failure ? errors->error_ : errors->warning_;
        if (slot.empty() && severity >= CE_Warning) {
            slot = message;
        }
    }
};

GdalErrors::GdalErrors() { CPLPushErrorHandlerEx(GdalErrorHook::take, this); }

GdalErrors::~GdalErrors() {
    CPLPopErrorHandler();
    CPLErrorReset();
}

void GdalErrors::forget() noexcept {
    error_.clear();
    warning_.clear();
}

MemoryFolder::MemoryFolder() {
    static std::atomic<unsigned> next{0};
    path_ = fmt::format("/vsimem/shirube-{}", next.fetch_add(1));
    VSIMkdir(path_.c_str(), 0700);
}

MemoryFolder::~MemoryFolder() { VSIRmdirRecursive(path_.c_str()); }

std::string MemoryFolder::path_of(std::string_view name) const { return fmt::format("{}/{}", path_, name); }

std::string MemoryFolder::add(std::string_view name, std::string_view bytes) {
    std::string path = path_of(name);
    // The folder is only ever read from, and without taking ownership GDAL leaves the buffer alone.
    auto* buffer = reinterpret_cast<GByte*>(const_cast<char*>(bytes.data()));
    VSILFILE* file = VSIFileFromMemBuffer(path.c_str(), buffer, bytes.size(), FALSE);
    if (file == nullptr) {
        throw std::runtime_error(fmt::format("GDAL cannot hold {} in memory", name));
    }
    VSIFCloseL(file);
    return path;
}

GdalOption::GdalOption(const char* name, const char* value) : name_(name) {
    if (const char* before = CPLGetThreadLocalConfigOption(name, nullptr)) {
        before_ = before;
    }
    CPLSetThreadLocalConfigOption(name, value);
}

GdalOption::~GdalOption() { CPLSetThreadLocalConfigOption(name_, before_ ? before_->c_str() : nullptr); }

void register_drivers() {
    static std::once_flag once;
    std::call_once(once, [] {
        RegisterOGRGeoJSON();
        RegisterOGRShape();
        RegisterOGRGeoPackage();
        RegisterOGRXLSX();
        RegisterOGRODS();
        RegisterOGRXLS();
    });
}

} // namespace shirube::importers
