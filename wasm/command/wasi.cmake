# Toolchain for WASI: the wasi-sdk named by WASI_SDK_PATH, or Debian's clang, lld, wasi-libc and libclang-rt-14-dev-wasm32.
set(CMAKE_SYSTEM_NAME Generic) # CMake knows no WASI
set(WASI TRUE)
set(CMAKE_SYSTEM_PROCESSOR wasm32)
set(CMAKE_C_COMPILER_TARGET wasm32-wasi)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)

if(DEFINED ENV{WASI_SDK_PATH})
  set(CMAKE_C_COMPILER $ENV{WASI_SDK_PATH}/bin/clang)
  set(CMAKE_AR $ENV{WASI_SDK_PATH}/bin/llvm-ar CACHE FILEPATH "")
  set(CMAKE_RANLIB $ENV{WASI_SDK_PATH}/bin/llvm-ranlib CACHE FILEPATH "")
  set(CMAKE_SYSROOT $ENV{WASI_SDK_PATH}/share/wasi-sysroot)
else()
  # -nostdlibinc: or the headers of the host's C library leak in.
  set(CMAKE_C_COMPILER clang-14)
  set(CMAKE_AR llvm-ar-14 CACHE FILEPATH "")
  set(CMAKE_RANLIB llvm-ranlib-14 CACHE FILEPATH "")
  set(CMAKE_C_FLAGS_INIT "-nostdlibinc -isystem /usr/include/wasm32-wasi")
  set(CMAKE_EXE_LINKER_FLAGS_INIT "-L/usr/lib/wasm32-wasi")
endif()

# No -O when linking: clang would run any wasm-opt it finds, which then fails on --strip-all.
set(CMAKE_C_LINK_EXECUTABLE "<CMAKE_C_COMPILER> --target=wasm32-wasi <CMAKE_C_LINK_FLAGS> <LINK_FLAGS> <OBJECTS> -o <TARGET> <LINK_LIBRARIES>")
set(CMAKE_CROSSCOMPILING_EMULATOR "node;--no-warnings;--no-concurrent-recompilation;${CMAKE_CURRENT_LIST_DIR}/../../tests/wasi.mjs")
